-- Makes ticks the latest of their series where they are newer, takes the next offset of the shard and publishes what changed.
-- KEYS: latest, offset, epoch, newest. ARGV: channel, an epoch for a stream that has none, how many ticks, the ticks, their first and last observed time.
-- Answers: epoch, offset, how many became the latest, corrected the latest, repeated it.
-- Without ticks it only answers where the stream is, and begins it where there is none.
local bytes, sub, call = struct.unpack, string.sub, redis.call

local function publish(kind, epoch, count, ticks)
  local offset = call('INCR', KEYS[2])
  call('PUBLISH', ARGV[1], kind .. epoch .. struct.pack('>I8I4', offset, count) .. ticks)
  return offset
end

-- No tick of the shard was observed later than this.
local function newest()
  local known = tonumber(call('GET', KEYS[4]) or nil)
  if not known then
    known = -1e300
    for _, value in ipairs(call('HVALS', KEYS[1])) do
      known = #value < 20 and known or math.max(known, (bytes('>d', value)))
    end

    call('SET', KEYS[4], string.format('%.0f', known))
  end

  return known
end

local epoch, offset = call('GET', KEYS[3]), nil
if not epoch or #epoch ~= 16 then
  epoch = ARGV[2]
  call('SET', KEYS[3], epoch)
  call('SET', KEYS[2], 0)
  offset = publish('\1', epoch, 0, '')
end

local written, corrected, duplicate, n = 0, 0, 0, tonumber(ARGV[3])
if n > 0 then
  local blob, at, changes, known, first, last = ARGV[4], 1, {}, newest(), tonumber(ARGV[5]), tonumber(ARGV[6])
  if first > known then
    -- Newer than everything there is, so nothing needs to be compared.
    for i = 1, 2 * n, 2 do
      changes[i], changes[i + 1], at = bytes('Bc0Bc0', blob, at)
    end

    written = n
  else
    local fields, values, c = {}, {}, 0
    for i = 1, n do
      fields[i], values[i], at = bytes('Bc0Bc0', blob, at)
    end

    local stored = call('HMGET', KEYS[1], unpack(fields))
    for i = 1, n do
      local new, old = values[i], stored[i]
      local take = not old or #old < 20
      if take then
        written = written + 1
      else
        local a, b = bytes('>d', new), bytes('>d', old)
        if a > b then
          take = true
          written = written + 1
        elseif a == b then
          if bytes('>d', new, 9) > bytes('>d', old, 9) and sub(new, 17, -3) ~= sub(old, 17, -3) then
            take = true
            corrected = corrected + 1
          else
            duplicate = duplicate + 1
          end
        end
      end

      if take then
        changes[c + 1], changes[c + 2] = fields[i], new
        c = c + 2
      end
    end
  end

  if #changes > 0 then
    call('HSET', KEYS[1], unpack(changes))
    if last > known then
      call('SET', KEYS[4], ARGV[6])
    end

    if written + corrected == n then
      offset = publish('\3', epoch, n, blob)
    else
      local ticks = {}
      for i = 2, #changes, 2 do
        ticks[i / 2] = changes[i]
      end

      offset = publish('\1', epoch, #ticks, table.concat(ticks))
    end
  end
end

return { epoch, offset or tonumber(call('GET', KEYS[2]) or 0), written, corrected, duplicate }
