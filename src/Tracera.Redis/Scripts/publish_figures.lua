-- Takes the next offset of the shard and publishes figures.
-- KEYS: latest, offset, epoch, newest. ARGV: channel, an epoch for a stream that has none, how many figures, the figures.
-- Answers: epoch, offset. Without figures it does nothing.
if ARGV[3] == '0' then
  return {}
end

local epoch = redis.call('GET', KEYS[3])
if not epoch or #epoch ~= 16 then
  epoch = ARGV[2]
  redis.call('SET', KEYS[3], epoch)
  redis.call('SET', KEYS[2], 0)
end

local offset = redis.call('INCR', KEYS[2])
redis.call('PUBLISH', ARGV[1], '\2' .. epoch .. struct.pack('>I8I4', offset, tonumber(ARGV[3])) .. ARGV[4])
return { epoch, offset }
