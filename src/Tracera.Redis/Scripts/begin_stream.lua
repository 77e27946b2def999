-- Begins a shard's stream anew, unless somebody else did since its epoch was read, and tells the subscribers.
-- KEYS: latest, offset, epoch, newest. ARGV: channel, the new epoch, the epoch that was read or nothing.
-- Answers: the epoch.
local epoch = redis.call('GET', KEYS[3])
if (epoch or '') ~= ARGV[3] then
  return epoch
end

redis.call('SET', KEYS[3], ARGV[2])
redis.call('SET', KEYS[2], 1)
redis.call('PUBLISH', ARGV[1], '\1' .. ARGV[2] .. struct.pack('>I8I4', 1, 0))
return ARGV[2]
