-- Makes ticks the latest of their series where they are newer, takes the next offset of the shard and publishes what changed.
-- KEYS: latest, offset, epoch. ARGV: channel, an epoch for a stream that has none, how many ticks, the ticks.
-- Answers: epoch, offset, how many became the latest, corrected the latest, repeated it.
-- Without ticks it only answers where the stream is, and begins it where there is none.
local bytes, sub, call = struct.unpack, string.sub, redis.call

local function publish(epoch, parts, count)
  local offset = call('INCR', KEYS[2])
  parts[1] = '\1' .. epoch .. struct.pack('>I8I4', offset, count)
  call('PUBLISH', ARGV[1], table.concat(parts))
  return offset
end

local epoch, offset = call('GET', KEYS[3]), nil
if not epoch or #epoch ~= 16 then
  epoch = ARGV[2]
  call('SET', KEYS[3], epoch)
  call('SET', KEYS[2], 0)
  offset = publish(epoch, {}, 0)
end

local written, corrected, duplicate, n = 0, 0, 0, tonumber(ARGV[3])
if n > 0 then
  local blob, fields, values, at = ARGV[4], {}, {}, 1
  for i = 1, n do
    fields[i], values[i], at = bytes('Bc0Bc0', blob, at)
  end

  local stored = call('HMGET', KEYS[1], unpack(fields))
  local changes, parts, c, p = {}, { '' }, 0, 1
  for i = 1, n do
    local new, old = values[i], stored[i]
    local take = not old or #old < 22
    if take then
      written = written + 1
    else
      local a1, a2, b1, b2 = bytes('>I4I4I4I4', new)
      local c1, c2, d1, d2 = bytes('>I4I4I4I4', old)
      if a1 > c1 or (a1 == c1 and a2 > c2) then
        take = true
        written = written + 1
      elseif a1 == c1 and a2 == c2 then
        if (b1 > d1 or (b1 == d1 and b2 > d2)) and sub(new, 17, -3) ~= sub(old, 17, -3) then
          take = true
          corrected = corrected + 1
        else
          duplicate = duplicate + 1
        end
      end
    end

    if take then
      changes[c + 1], changes[c + 2] = fields[i], new
      c, p = c + 2, p + 1
      parts[p] = new
    end
  end

  if c > 0 then
    call('HSET', KEYS[1], unpack(changes))
    offset = publish(epoch, parts, p - 1)
  end
end

return { epoch, offset or tonumber(call('GET', KEYS[2]) or 0), written, corrected, duplicate }
