-- Requests of one kind, from the environment: METHOD, URL_PATH, BODY, and OWNERS, a comma-separated list of "id token" whose
-- owners take turns. In path and body %o is the owner's id and %d a number from 1 to SPREAD.
local method, path, body = os.getenv("METHOD"), os.getenv("URL_PATH"), os.getenv("BODY")
local spread = tonumber(os.getenv("SPREAD") or "1")
local owners, sent = {}, 0
for id, token in os.getenv("OWNERS"):gmatch("([^%s,]+) ([^,]+)") do
  owners[#owners + 1] = { id = id, headers = { ["content-type"] = "application/json", ["authorization"] = "Bearer " .. token } }
end

function request()
  sent = sent + 1
  local owner = owners[sent % #owners + 1]
  local number = tostring(sent % spread + 1)
  -- The word changes with each round, so that each request changes something.
  local completed = math.floor(sent / spread) % 2 == 0 and "true" or "false"
  local fill = function(text) return (text:gsub("%%o", owner.id):gsub("%%d", number):gsub("%%b", completed)) end
  return wrk.format(method, fill(path), owner.headers, body and body ~= "" and fill(body) or nil)
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local rate, p99 = summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000
  io.write(string.format("RESULT %.1f %.2f %d %d\n", rate, p99, summary.requests, failed))
end
