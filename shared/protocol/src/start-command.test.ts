import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { ModuleFile } from './module.ts'
import { checkStart, LONG_VALUE, parseStart, quoteWord, renderArgv, startNames } from './start-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'start-'))
afterAll(() => rmSync(folder, { recursive: true }))

const argv = (start: string, values = {}): string[] => renderArgv(parseStart(start).words, values)
const problems = (start: string): string[] => parseStart(start).problems.map(({ message }) => message)
const module = (more: Partial<ModuleFile>): ModuleFile => ({
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'm',
  start: 'true',
  ...more,
})

/** What a program started with these words sees. */
function seenBy(words: string[]): string[] {
  const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))'
  const { stdout, error } = spawnSync(process.execPath, ['-e', script, '--', ...words], { encoding: 'utf8' })
  if (error) throw error
  return JSON.parse(stdout) as string[]
}

const NASTY = [
  '$&',
  '$(id)',
  '`id`',
  '$1',
  '$$',
  `$\{a}`,
  "'",
  '"',
  '\\',
  '\n',
  '; rm -rf /',
  '*',
  '-x',
  '--',
  '',
  ' ',
  '攻击',
  '😀',
  '%s',
]
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 5 }).map((parts) => parts.join('')),
)

describe('words', () => {
  it.each([
    ['python3 train.py --lr $lr', ['python3', 'train.py', '--lr', '0.1']],
    ['a "b c" \'d e\' f\\ g', ['a', 'b c', 'd e', 'f g']],
    ["a '' \"\" x''y", ['a', '', '', 'xy']],
    ['a \'$lr\' "$lr" $lr', ['a', '$lr', '0.1', '0.1']],
    ['a $$lr "$$" \'$$\'', ['a', '$lr', '$', '$$']],
    [`a $\{lr}x $lr.x $lr-x`, ['a', '0.1x', '0.1.x', '0.1-x']],
    ['a "\\$lr \\" \\\\ \\n"', ['a', '$lr " \\ \\n']],
    ['a \\$lr \\\\', ['a', '$lr', '\\']],
    ['a *.csv ~/x {b,c} a=b', ['a', '*.csv', '~/x', '{b,c}', 'a=b']],
    ['  a\tb  \n', ['a', 'b']],
    ['a \\\n  b', ['a', 'b']],
    ['a --x=\'$lr\'$lr"$lr"', ['a', '--x=$lr0.10.1']],
  ])('reads %j', (start, expected) => {
    expect(problems(start)).toEqual([])
    expect(argv(start, { lr: 0.1 })).toEqual(expected)
  })

  it('takes the longest name', () => {
    expect(startNames(parseStart('a $lr_rate2 $lr $lr').words)).toEqual(['lr_rate2', 'lr'])
  })

  it.each([
    ['a "b', 3, 'never closed'],
    ["a 'b", 3, 'never closed'],
    ['a b\\', 4, 'nothing to escape'],
    ['a $', 3, 'Write $$'],
    ['a $1', 3, 'Write $$'],
    [`a $\{x:-1}`, 3, `Only $\{name}`],
    ['a $(id)', 3, "sh -c '…'"],
    ['a "$(id)"', 4, "sh -c '…'"],
    ['a `id`', 3, 'a backtick'],
    ['a "`id`"', 4, 'backtick'],
    ['a | b', 3, 'a pipe'],
    ['a > b', 3, 'redirection'],
    ['a && b', 3, '"&"'],
    ['a; b', 2, '";"'],
    ['a\nb', 2, 'one command on one line'],
    ['a #b', 3, 'comment'],
    ['X=1 a', 1, 'env X='],
    ['  ', 1, 'empty'],
  ])('refuses %j at column %i', (start, column, words) => {
    const [problem] = parseStart(start).problems
    expect(problem).toMatchObject({ severity: 'error', code: 'bad-start-command', where: { field: 'start', column } })
    expect(problem?.message).toContain(words)
  })

  it('reads back what quoteWord writes', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (words) => {
        const { words: parsed, problems: found } = parseStart(words.map(quoteWord).join(' '))
        expect(found).toEqual([])
        expect(renderArgv(parsed, {})).toEqual(words)
      }),
    )
  })

  it('never throws and never hangs on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (start) => {
        const { words, problems: found } = parseStart(start)
        expect(words.length > 0 || found.length > 0).toBe(true)
      }),
    )
  })
})

describe('values', () => {
  it('any value comes out as the same single word', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(argv('p $a --a=$a "<$a>" $a$b \'$a\'', { a, b })).toEqual(['p', a, `--a=${a}`, `<${a}>`, a + b, '$a'])
      }),
      { numRuns: 1000 },
    )
  })

  it('a real process sees the same words', () => {
    const wellFormed = value.filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(fc.array(wellFormed, { minLength: 20, maxLength: 20 }), (values) => {
        const named = Object.fromEntries(values.map((text, i) => [`v${i}`, text]))
        const start = values.map((_, i) => `$v${i} --x=$v${i}`).join(' ')
        expect(seenBy(argv(start, named))).toEqual(values.flatMap((text) => [text, `--x=${text}`]))
      }),
      { numRuns: 25 },
    )
  })

  it('writes numbers, booleans and JSON in one way only', () => {
    const values = { a: 1e21, b: 0.1, c: true, d: [1, 'x y', null], e: { k: 'v' }, f: null, g: 5e-7 }
    expect(argv('p $a $b $c $d $e $f $g', values)).toEqual([
      'p',
      '1e+21',
      '0.1',
      'true',
      '[1,"x y",null]',
      '{"k":"v"}',
      'null',
      '5e-7',
    ])
  })

  it('leaves out an unset word and the option before it', () => {
    expect(argv('p --limit $limit --x=$limit -y "l: $limit" --keep a $limit b -v', {})).toEqual([
      'p',
      '--keep',
      'a',
      'b',
      '-v',
    ])
    expect(argv('p --n=1 $limit', {})).toEqual(['p', '--n=1'])
    expect(argv('p --a $b $c', { b: 1 })).toEqual(['p', '--a', '1'])
    expect(argv('p -r note $note -p lr $lr -x $x', { lr: 1 })).toEqual(['p', '-p', 'lr', '1'])
    // Only the reference's own name announces it; another word is an argument.
    expect(argv('p -r text $note', {})).toEqual(['p', '-r', 'text'])
    expect(argv('p note $note', {})).toEqual(['p', 'note'])
    expect(argv('p -r note "$note!"', {})).toEqual(['p', '-r', 'note'])
  })

  it('does not find names that every object has', () => {
    expect(argv('p $constructor $toString', {})).toEqual(['p'])
  })

  it('a value of 200 KB goes by file, and the file holds it', () => {
    const text = '攻$&"\n'.repeat(30_000)
    const words = renderArgv(parseStart('p --in $a --again $a').words, { a: text }, (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    })
    const [, file = ''] = seenBy(words.slice(1))
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(words).toHaveLength(5)
  })

  it('refuses a long value without a place for it, at the exact limit in bytes', () => {
    expect(argv('p $a', { a: 'é'.repeat(LONG_VALUE / 2) })[1]).toHaveLength(LONG_VALUE / 2)
    expect(() => argv('p $a', { a: `${'é'.repeat(LONG_VALUE / 2)}x` })).toThrow(/65537 bytes/)
  })

  it('refuses NUL, and words that become too long together', () => {
    expect(() => argv('p $a', { a: 'x\0y' })).toThrow(/NUL/)
    expect(() => argv('p $a$a$a', { a: 'x'.repeat(60_000) })).toThrow(/128 KiB/)
  })
})

describe('sh -c', () => {
  it('keeps a single-quoted script as it is; arguments behind it may be values', () => {
    const start = 'sh -c \'echo "$SECXOPS_PARAM_lr" | cat > $1\' sh $lr'
    expect(problems(start)).toEqual([])
    expect(argv(start, { lr: '$(x)' })).toEqual(['sh', '-c', 'echo "$SECXOPS_PARAM_lr" | cat > $1', 'sh', '$(x)'])
  })

  it.each(['sh -c "echo $lr"', '/bin/bash -euc "echo $lr"', 'dash -e -c $lr', "sh -c 'echo '$lr"])(
    'never puts a value into the script of %j',
    (start) => {
      expect(problems(start)[0]).toContain('"$SECXOPS_PARAM_lr"')
      expect(argv(start, { lr: 'INJECTED' }).join(' ')).not.toContain('INJECTED')
    },
  )

  it('is not a script when the shell runs a file', () => {
    expect(problems('sh run.sh -c $lr')).toEqual([])
  })
})

describe('checkStart', () => {
  const parameters = { lr: { type: 'number' }, epochs: { type: 'integer' } } as const

  it('suggests for an unknown name', () => {
    const found = checkStart(module({ start: 'p $epocs $lr $epochs', parameters }))
    expect(found).toMatchObject([{ code: 'unknown-parameter', where: { column: 3 } }])
    expect(found[0]?.message).toContain('Did you mean $epochs?')
  })

  it('explains a name that runs into the text behind it', () => {
    expect(checkStart(module({ start: 'p $lr_x $lr $epochs', parameters }))[0]?.message).toContain(`Write $\{lr}`)
  })

  it('warns of names that nothing uses', () => {
    const found = checkStart(
      module({ parameters, inputs: { data: { type: 'dataset' }, more: { type: 'file', path: 'm' } } }),
    )
    expect(found.map(({ severity, code, where }) => [severity, code, where?.field])).toEqual([
      ['warning', 'unused-parameter', 'parameters.lr'],
      ['warning', 'unused-parameter', 'parameters.epochs'],
      ['warning', 'unused-input', 'inputs.data'],
    ])
  })

  it('sees what a shell script reads from the environment', () => {
    const start = 'sh -c \'echo "$SECXOPS_PARAM_lr$SECXOPS_PARAM_epochs" < "$SECXOPS_INPUT_data"\''
    expect(checkStart(module({ start, parameters, inputs: { data: { type: 'dataset' } } }))).toEqual([])
  })
})

describe('switches', () => {
  it('stand where they are true, or false, and are left out alone', () => {
    const start = `fit.py -v \${a?--a} -q \${b?:--no-b} \${c?--c:--no-c} --mode=\${a?fast:slow}`
    expect(argv(start, { a: true, b: true, c: true })).toEqual(['fit.py', '-v', '--a', '-q', '--c', '--mode=fast'])
    expect(argv(start, { a: false, b: false, c: false })).toEqual([
      'fit.py',
      '-v',
      '-q',
      '--no-b',
      '--no-c',
      '--mode=slow',
    ])
    expect(argv(`fit.py -v $\{a?--a} x`)).toEqual(['fit.py', '-v', 'x'])
  })

  it('are for booleans only, and other forms of a shell stay refused', () => {
    const messages = (type: 'string' | 'boolean'): string[] =>
      checkStart(module({ start: `fit.py \${a?--a}`, parameters: { a: { type } } })).map(({ message }) => message)
    expect(messages('boolean')).toEqual([])
    expect(messages('string').join()).toContain('type boolean')
    expect(problems(`fit.py $\{a:-b}`).join()).toContain(`Only $\{name} is known here`)
    expect(problems(`fit.py $\{a?$b}`)).toHaveLength(1)
  })
})
