-- Requests of all kinds by the OWNERS in turn: a comma-separated list of "id Bearer token cookie". Prints how many requests were answered and how many failed.
local kinds, owners = {}, {}
for id, token, cookie in os.getenv("OWNERS"):gmatch("([^%s,]+) (Bearer [^%s,]+) ([^,]+)") do
  owners[#owners + 1] = { id = id, token = token, cookie = cookie }
end

-- Adds a kind: how often among a hundred requests, its method, path and body. %o is the owner's id and %d a number from 1 to 100.
local function kind(share, method, path, body)
  for _ = 1, share do kinds[#kinds + 1] = { method = method, path = path, body = body } end
end
local function tool(name, arguments)
  return string.format('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s}}', name, arguments)
end
kind(30, "GET", "/api/%o/tasks?limit=20")
kind(3, "GET", "/api/%o/tasks?q=task&sort=-title&limit=20")
kind(10, "PATCH", "/api/%o/tasks/%d", '{"title":"Task %d, again","due":"2199-12-01T17:00"}')
kind(10, "PATCH", "/api/%o/tasks/%d/complete", '{"completed":true}')
kind(2, "POST", "/api/%o/tasks", '{"title":"Another task"}')
kind(10, "POST", "/mcp", tool("list_tasks", '{"limit":20}'))
kind(5, "POST", "/mcp", tool("complete_task", '{"task_id":%d}'))
kind(15, "GET", "/api/auth/get-session")
kind(5, "GET", "/api/auth/token")
kind(1, "GET", "/api/auth/jwks")
kind(7, "GET", "/")
kind(1, "POST", "/api/%o/chat", '{"message":"show my tasks"}')
kind(1, "GET", "/health")

function request()
  local owner = owners[math.random(#owners)]
  local what, number = kinds[math.random(#kinds)], tostring(math.random(100))
  local fill = function(text) return (text:gsub("%%o", owner.id):gsub("%%d", number)) end
  local headers = { ["content-type"] = "application/json", ["accept"] = "application/json, text/event-stream" }
  headers[what.path:find("/api/auth/", 1, true) and "cookie" or "authorization"] = what.path:find("/api/auth/", 1, true) and owner.cookie or owner.token
  return wrk.format(what.method, fill(what.path), headers, what.body and fill(what.body))
end

function done(summary)
  local errors = summary.errors
  io.write(string.format("SENT %d\nFAILED %d\n", summary.requests, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
