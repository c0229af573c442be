import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'

/**
 * Why no package registry can be used here, for a test to be skipped with. Any other failure is thrown, and so is one that only says so:
 * pip is asked to fetch a package without our code and without a cache, and must fail too.
 */
export async function unreachable(failure: unknown): Promise<string> {
  if (!(failure instanceof SecxopsError) || failure.body.code !== 'no-network') throw failure
  const folder = mkdtempSync(join(tmpdir(), 'secxops-registry-'))
  const fetch = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--dest', folder, 'iniconfig']
  const reached = await new Promise<boolean>((resolve) =>
    execFile(process.env.SECXOPS_PYTHON ?? 'python3', fetch, { timeout: 60_000 }, (error) => resolve(error === null)),
  )
  rmSync(folder, { recursive: true, force: true })
  if (reached) throw new Error('The registry answers pip, but not us.', { cause: failure })
  return failure.message
}
