import { userInfo } from 'node:os'

/** Who decides where a request names nobody: the user that the backend runs as. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user id without an entry in the machine's table of users, as in many containers.
    return `uid ${process.getuid?.() ?? 0}`
  }
}
