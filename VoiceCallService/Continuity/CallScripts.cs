namespace Museum.VoiceCallService.Continuity;

/// <summary>The steps of <see cref="CallStore"/>, each of them one. KEYS begin with the session's hash and its log.</summary>
internal static class CallScripts
{
    /// <summary>
    /// The epoch is also no lower than the store's clock: a store that came back empty gives no epoch a second time, and an older holder
    /// that still lives cannot take the call back. KEYS hash, log, channel; ARGV holder, token, seconds to live, kind, session.
    /// </summary>
    public const string Claim = """
        local stored = redis.call('HMGET', KEYS[1], 'epoch', 'token', 'state', 'seq')
        local resumes = ARGV[4] ~= 'New'
        if resumes and stored[2] ~= ARGV[2] and (stored[2] or ARGV[4] == 'Resume') then return {0, '', 0, 0} end
        local epoch = math.max((tonumber(stored[1]) or 0) + 1, tonumber(redis.call('TIME')[1]))
        if not resumes then redis.call('DEL', KEYS[1], KEYS[2]) end
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'epoch', string.format('%d', epoch), 'token', ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('EXPIRE', KEYS[2], ARGV[3])
        redis.call('PUBLISH', KEYS[3], 'moved ' .. ARGV[5] .. ' ' .. string.format('%d', epoch) .. ' ' .. ARGV[1])
        return {epoch, resumes and stored[3] or '', resumes and tonumber(stored[4]) or 0, tonumber(stored[1]) or 0}
        """;

    /// <summary>
    /// -1: another holder has the call; -2: this one has it with a higher epoch; -3: it was ended; 0: nothing was known of it; 1: done.
    /// KEYS hash, log, over; ARGV holder, epoch, token, seconds to live, state, seq, oldest, anew, call id, then seq, message, turn of each message.
    /// </summary>
    public const string Write = """
        local stored = redis.call('HMGET', KEYS[1], 'epoch', 'holder')
        local epoch = tonumber(stored[1])
        if epoch and epoch >= tonumber(ARGV[2]) and stored[2] ~= ARGV[1] then return -1 end
        if epoch and epoch > tonumber(ARGV[2]) then return -2 end
        if redis.call('EXISTS', KEYS[3]) == 1 then
            redis.call('DEL', KEYS[1], KEYS[2])
            return -3
        end
        if ARGV[8] == '1' then redis.call('DEL', KEYS[2]) end
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'epoch', ARGV[2], 'token', ARGV[3], 'state', ARGV[5], 'seq', ARGV[6], 'call', ARGV[9])
        for i = 10, #ARGV, 3 do redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 2] .. ' ' .. ARGV[i + 1]) end
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[7])
        redis.call('EXPIRE', KEYS[1], ARGV[4])
        redis.call('EXPIRE', KEYS[2], ARGV[4])
        return (epoch or ARGV[8] == '1') and 1 or 0
        """;

    /// <summary>A newer call of the session is another one, and stays. KEYS hash, log, over, channel, then what goes with the call; ARGV call id, seconds to live.</summary>
    public const string End = """
        redis.call('SET', KEYS[3], '1', 'EX', ARGV[2])
        if redis.call('HGET', KEYS[1], 'call') == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
        for i = 5, #KEYS do redis.call('DEL', KEYS[i]) end
        redis.call('PUBLISH', KEYS[4], 'end ' .. ARGV[1])
        return 1
        """;

    /// <summary>ARGV epoch.</summary>
    public const string Forget = """
        if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
        return 1
        """;
}
