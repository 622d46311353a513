/** KEYS[1] += ARGV[1]; a new key lives ARGV[2] ms. Answers the sum. */
export const incrementScript = `
local fresh = redis.call('EXISTS', KEYS[1]) == 0
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if fresh then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return sum`;

/** Lets the lock KEYS[1] go if it is still that of the token ARGV[1]. */
export const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/** Keeps the lock KEYS[1] of the token ARGV[1] for ARGV[2] ms more; takes it again when Redis lost it. Answers 0 when another has it. */
export const renewScript = `
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if owner then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
