import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { assetPath } from '../../assets.ts'

const LINES = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`)
const hunk = (at: number, old: string, fresh: readonly string[]): string =>
  [`@@ -${at},1 +${at},${fresh.length} @@ def somewhere():`, `-${old}`, ...fresh.map((line) => `+${line}`)].join('\n')
const patchOf = (file: string, hunks: string[]): string =>
  `Why it is needed.\n\n--- a/${file}\n+++ b/${file}\n${hunks.join('\n')}\n`

/** Packages and patches in a folder of their own. */
function open() {
  const root = mkdtempSync(join(tmpdir(), 'sx-prepare-'))
  const site = join(root, 'site')
  const write = (name: string, text: string): void => {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  write('site/nni/core.py', `${LINES.map((line) => `"${line}"`).join('\n')}\n`)
  mkdirSync(join(root, 'patches'))
  const prepare = (): { status: number | null; stderr: string } => {
    const program = `import sys; sys.path.insert(0, sys.argv[1]); import prepare; from pathlib import Path
try:
    prepare.main(Path(sys.argv[2]), Path(sys.argv[3]))
except prepare.Misfit as misfit:
    sys.exit(str(misfit))`
    const words = ['-B', '-c', program, assetPath('experiments'), join(root, 'patches'), site]
    return spawnSync('python3', words, { encoding: 'utf8' })
  }
  const core = (): string => readFileSync(join(site, 'nni/core.py'), 'utf8')
  return { write, prepare, core, compiled: () => readdirSync(join(site, 'nni/__pycache__')) }
}

test('patches are applied one after the other, later hunks where earlier ones have moved them, and what is there is compiled', () => {
  const { write, prepare, core, compiled } = open()
  const first = [hunk(3, '"line 3"', ['"three"', '"and a half"']), hunk(20, '"line 20"', ['"twenty"'])]
  write('patches/01-first.patch', patchOf('nni/core.py', first))
  write('patches/02-second.patch', patchOf('nni/core.py', [hunk(3, '"three"', ['"3"'])]))
  expect(prepare()).toMatchObject({ status: 0, stderr: 'applying patches\ncompiling\n' })
  expect(core().split('\n').slice(2, 5)).toEqual(['"3"', '"and a half"', '"line 4"'])
  expect(core().split('\n')[20]).toBe('"twenty"')
  expect(compiled()).toHaveLength(1)
  expect(prepare()).toMatchObject({ status: 0, stderr: '' })
})

test('other patches start from the original file', () => {
  const { write, prepare, core } = open()
  write('patches/01.patch', patchOf('nni/core.py', [hunk(1, '"line 1"', ['"one"'])]))
  prepare()
  write('patches/01.patch', patchOf('nni/core.py', [hunk(2, '"line 2"', ['"two"'])]))
  expect(prepare().status).toBe(0)
  expect(core().split('\n').slice(0, 2)).toEqual(['"line 1"', '"two"'])
})

test('a patch for another version changes nothing and says which and where', () => {
  const { write, prepare, core } = open()
  const before = core()
  write('patches/01.patch', patchOf('nni/core.py', [hunk(1, '"line 1"', ['"one"'])]))
  write('patches/02.patch', patchOf('nni/core.py', [hunk(9, '"another line"', ['"nine"'])]))
  const { status, stderr } = prepare()
  expect(status).toBe(1)
  expect(stderr).toContain('02.patch: nni/core.py: line 9 is not what the patch was made for')
  expect(core()).toBe(before)
})
