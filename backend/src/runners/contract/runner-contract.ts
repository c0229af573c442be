import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { Command, Execution, Launch, Runner } from '../runner.ts'

/** A place where commands run, as the suite needs it. */
export interface ContractPlace {
  /** A runner of that place; a second one stands for a backend that comes later. */
  runner(): Runner
  /** Makes the file `gate` in the folder that the command of a launch sees. */
  openGate(launch: Launch): Promise<void>
  /** Processes of a launch that live. */
  lives(launch: Launch): Promise<number>
  /** Image with a shell. */
  image: string
}

let count = 0
/** A launch over a fresh folder with an empty `work` in it. */
export function newLaunch(): Launch {
  const directory = mkdtempSync(join(tmpdir(), 'secxops-runner-'))
  mkdirSync(join(directory, 'work'))
  return { attemptId: `contract-${process.pid}-${Date.now()}-${count++}`, directory, launch: 1 }
}
export const logOf = ({ directory }: Launch): string => {
  const path = join(directory, 'log')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
const WAIT = { timeout: 60_000 }
export const logged = (launch: Launch, text: string): Promise<void> =>
  vi.waitFor(() => expect(logOf(launch)).toContain(text), WAIT)
const GATED = 'echo up; until [ -e "$HERE/gate" ]; do sleep 0.05; done'

/** What every runner must do. `open` is called before each case. */
export function describeRunner(name: string, open: () => ContractPlace): void {
  const command = (place: ContractPlace, launch: Launch, script: string, more: Partial<Command> = {}): Command => ({
    argv: ['/bin/sh', '-c', script],
    cwd: join(launch.directory, 'work'),
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HERE: place.runner().seenAt(launch.directory) },
    elsewhere: { image: place.image, results: ['work/out', 'metrics.jsonl'] },
    ...more,
  })

  const begin = (place: ContractPlace, launch: Launch, script: string): Promise<Execution> =>
    place.runner().start(launch, command(place, launch, script))

  describe(name, { timeout: 120_000 }, () => {
    test('exit code and output of a command', async () => {
      const place = open()
      const launch = newLaunch()
      const execution = await begin(place, launch, 'echo out; echo err >&2; exit 3')
      expect(await execution.ended).toEqual({ how: 'exited', code: 3 })
      expect(logOf(launch)).toBe('out\nerr\n')
      expect(execution.overMemory()).toBe(false)
    })

    test('words and variables reach the command unchanged, whatever is in them', async () => {
      const place = open()
      const words = [
        '',
        ' ',
        '$HOME',
        '`id`',
        '*',
        "it's",
        'a\nb',
        '\\',
        '$(x)',
        '$(HERE)',
        '$$',
        '$&',
        '-n',
        '数据',
        'x'.repeat(100_000),
      ]
      const launch = newLaunch()
      const base = command(place, launch, '')
      const execution = await place.runner().start(launch, {
        ...base,
        argv: ['/bin/sh', '-c', 'printf "%s|" "$@" "$ODD"', 'sh', ...words],
        env: { ...base.env, ODD: words.join('') },
      })
      expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
      expect(logOf(launch)).toBe([...words, words.join(''), ''].join('|'))
    })

    test('the command sees the files of its folder, links to contents elsewhere included, and what it writes comes back', async () => {
      const place = open()
      const launch = newLaunch()
      const elsewhere = mkdtempSync(join(tmpdir(), 'secxops-content-'))
      writeFileSync(join(elsewhere, 'data.csv'), 'a,b\n')
      const long = `${'deep-'.repeat(18)}/${'name-'.repeat(30)}.txt`
      const work = join(launch.directory, 'work')
      mkdirSync(join(work, 'deep-'.repeat(18)))
      writeFileSync(join(work, long), 'long\n')
      symlinkSync(elsewhere, join(work, 'in'))
      const execution = await begin(
        place,
        launch,
        `mkdir -p out/sub && echo twice > out/one && ln out/one out/two && cat in/data.csv ${long} > 'out/sub/it s.txt' && echo '{}' > "$HERE/metrics.jsonl"`,
      )
      expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
      expect(readFileSync(join(work, 'out', 'sub', 'it s.txt'), 'utf8')).toBe('a,b\nlong\n')
      expect(readFileSync(join(work, 'out', 'two'), 'utf8')).toBe('twice\n')
      expect(readFileSync(join(launch.directory, 'metrics.jsonl'), 'utf8')).toBe('{}\n')
    })

    test('a second start of the same launch starts nothing', async () => {
      const place = open()
      const launch = newLaunch()
      const runner = place.runner()
      const both = await Promise.all([
        runner.start(launch, command(place, launch, 'echo once')),
        runner.start(launch, command(place, launch, 'echo once')),
      ])
      await Promise.all(both.map((execution) => execution.ended))
      expect(logOf(launch)).toBe('once\n')
    })

    test('a launch that never began is told as such', async () => {
      expect(await open().runner().adopt(newLaunch())).toBe('never-started')
    })

    test('another runner adopts a living command and learns its exit code', async () => {
      const place = open()
      const launch = newLaunch()
      const first = place.runner()
      await first.start(launch, command(place, launch, `${GATED}; echo down; exit 4`))
      await logged(launch, 'up\n')
      first.close()
      const adopted = await place.runner().adopt(launch)
      if (adopted === 'never-started') throw new Error('not adopted')
      await place.openGate(launch)
      expect(await adopted.ended).toEqual({ how: 'exited', code: 4 })
      expect(logOf(launch)).toBe('up\ndown\n')
    })

    test('a command that ended while nobody watched is settled from what it left', async () => {
      const place = open()
      const launch = newLaunch()
      await (await begin(place, launch, 'exit 5')).ended
      const adopted = await place.runner().adopt(launch)
      if (adopted === 'never-started') throw new Error('not adopted')
      expect(await adopted.ended).toEqual({ how: 'exited', code: 5 })
    })

    test('stopping ends children that left the group, forked twice or ignore SIGTERM', async () => {
      const place = open()
      const launch = newLaunch()
      const stubborn = "trap '' TERM; while :; do sleep 0.05; done"
      const execution = await begin(
        place,
        launch,
        `( ( sh -c "${stubborn}" & ) & ) ; (setsid sh -c "${stubborn}" &) ; echo up; ${stubborn}`,
      )
      await logged(launch, 'up\n')
      await execution.stop(100)
      expect(await place.lives(launch)).toBe(0)
      await execution.ended
    })

    test('a command that tidies up on SIGTERM has the time to do so', async () => {
      const place = open()
      const launch = newLaunch()
      const execution = await begin(place, launch, `trap 'echo tidy; exit 6' TERM; ${GATED}`)
      await logged(launch, 'up\n')
      await execution.stop(20_000)
      expect(await execution.ended).toEqual({ how: 'exited', code: 6 })
      expect(logOf(launch)).toContain('tidy')
    })

    test('what carries the name of a run is ended by it, others go on', async () => {
      const place = open()
      const [mine, other] = [newLaunch(), newLaunch()]
      const runner = place.runner()
      for (const launch of [mine, other]) {
        const base = command(place, launch, GATED)
        await runner.start(launch, { ...base, env: { ...base.env, SECXOPS_RUN: `run-of-${launch.attemptId}` } })
        await logged(launch, 'up\n')
      }
      await runner.sweep('SECXOPS_RUN', `run-of-${mine.attemptId}`, 0)
      expect(await place.lives(mine)).toBe(0)
      expect(await place.lives(other)).toBeGreaterThan(0)
      await runner.sweep('SECXOPS_RUN', `run-of-${other.attemptId}`, 0)
    })
  })
}
