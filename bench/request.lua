-- Requests of one kind, from the environment: METHOD, URL_PATH, BODY, and OWNERS, a comma-separated list of "id credential" whose
-- owners take turns, each thread of the two with half of them. The credential is sent in the header CREDENTIAL. In path and body %o is the owner's id
-- and %d a number from 1 to SPREAD, from FIRST on the next one when all owners had their turn.
local method, path, body = os.getenv("METHOD"), os.getenv("URL_PATH"), os.getenv("BODY")
local first, spread, round = tonumber(os.getenv("FIRST")), tonumber(os.getenv("SPREAD")), tonumber(os.getenv("ROUND"))
local owners, threads, sent = {}, 0, 0

function setup(thread)
  thread:set("number_of_thread", threads)
  threads = threads + 1
end

function init()
  local all = {}
  for id, credential in os.getenv("OWNERS"):gmatch("([^%s,]+) ([^,]+)") do
    all[#all + 1] = { id = id, headers = { ["content-type"] = "application/json", [os.getenv("CREDENTIAL")] = credential } }
  end
  for index, owner in ipairs(all) do
    if #all == 1 or index % 2 == number_of_thread then owners[#owners + 1] = owner end
  end
end

function request()
  local owner = owners[sent % #owners + 1]
  local turn = math.floor(sent / #owners) + first - 1
  local number = tostring(turn % spread + 1)
  -- The word changes each time that the numbers begin again and with each ROUND, so that each request changes something.
  local completed = (math.floor(turn / spread) + round) % 2 == 0 and "true" or "false"
  sent = sent + 1
  local fill = function(text) return (text:gsub("%%o", owner.id):gsub("%%d", number):gsub("%%b", completed)) end
  return wrk.format(method, fill(path), owner.headers, body and body ~= "" and fill(body) or nil)
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local rate, p50, p99 = summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000
  io.write(string.format("RESULT %.1f %.2f %.2f %d %d\n", rate, p50, p99, summary.requests, failed))
end
