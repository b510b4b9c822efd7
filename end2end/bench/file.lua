-- wrk: each request files another case under a key of its own. Arguments: the file of bodies, a word for the keys.
local bodies, word
local count = 0

function init(args)
  bodies = dofile(args[1])
  word = args[2]
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
  word = word .. string.format("%08x%08x", math.random(0, 2 ^ 31 - 1), math.random(0, 2 ^ 31 - 1))
end

function request()
  count = count + 1
  local key = string.format("%s-%016d", word, count)
  return wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["Idempotency-Key"] = key }, bodies[count % #bodies + 1])
end
