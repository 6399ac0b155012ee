-- Requests of one kind, from the environment: METHOD, URL_PATH, BODY, and OWNERS, a comma-separated list of "id credential" whose
-- owners take turns. The credential is sent in the header CREDENTIAL. In path and body %o is the owner's id and %d a number from 1 to SPREAD.
local method, path, body = os.getenv("METHOD"), os.getenv("URL_PATH"), os.getenv("BODY")
local spread = tonumber(os.getenv("SPREAD") or "1")
local owners, sent = {}, 0
for id, credential in os.getenv("OWNERS"):gmatch("([^%s,]+) ([^,]+)") do
  owners[#owners + 1] = { id = id, headers = { ["content-type"] = "application/json", [os.getenv("CREDENTIAL")] = credential } }
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
  local rate, p50, p99 = summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000
  io.write(string.format("RESULT %.1f %.2f %.2f %d %d\n", rate, p50, p99, summary.requests, failed))
end
