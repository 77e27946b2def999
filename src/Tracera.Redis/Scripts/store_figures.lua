-- Keeps figures of one item and window that are not older than those that are there, and answers all that are there then.
-- KEYS: the hash. ARGV: how long it lives in milliseconds, then source and figures of each series.
local bytes = struct.unpack
for i = 2, #ARGV, 2 do
  local old, new = redis.call('HGET', KEYS[1], ARGV[i]), ARGV[i + 1]
  local keep = not old or #old < 8
  if not keep then
    local a1, a2 = bytes('>I4I4', new)
    local b1, b2 = bytes('>I4I4', old)
    keep = a1 > b1 or (a1 == b1 and a2 >= b2)
  end

  if keep then
    redis.call('HSET', KEYS[1], ARGV[i], new)
  end
end

redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('HVALS', KEYS[1])
