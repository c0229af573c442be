import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMap, type Json, sameJson } from '../json.ts'
import { SecxopsError } from '../secxops-error.ts'
import { readYaml } from '../yaml-read.ts'
import { blockText, type YamlStyle } from '../yaml-write.ts'
import { applyEdit, type SpaceEdit } from './apply-edit.ts'
import { editSpaceText } from './edit-space.ts'

const edit = (text: string, ...edits: SpaceEdit[]): string => editSpaceText(text, edits)

const PRETTY = `{
    "lr": {
        "_type": "loguniform",
        "_value": [1e-4, 0.10]
    },
    "act": {"_type": "choice", "_value": ["relu",  "tanh"], "note": "kept"}
}
`

describe('of a JSON text only what an edit says changes', () => {
  it('one number', () => {
    expect(edit(PRETTY, { kind: 'set', path: ['lr', '_value', 0], value: 0.001 })).toBe(PRETTY.replace('1e-4', '0.001'))
  })
  it('one number given as the whole list', () => {
    expect(edit(PRETTY, { kind: 'set', path: ['lr', '_value'], value: [0.001, 0.1] })).toBe(
      PRETTY.replace('1e-4', '0.001'),
    )
  })
  it('another kind: keys that are not known stay', () => {
    expect(edit(PRETTY, { kind: 'set', path: ['act', '_type'], value: 'randint' })).toBe(
      PRETTY.replace('"choice"', '"randint"'),
    )
  })
  it('a name', () => {
    expect(edit(PRETTY, { kind: 'rename', path: ['lr'], name: 'rate' })).toBe(PRETTY.replace('"lr"', '"rate"'))
  })
  it('values are added and removed in the list as it is laid out', () => {
    expect(edit(PRETTY, { kind: 'insert', into: ['act', '_value'], index: 1, value: 'elu' })).toBe(
      PRETTY.replace('"relu",  "tanh"', '"relu",  "elu",  "tanh"'),
    )
    expect(edit(PRETTY, { kind: 'remove', path: ['act', '_value', 0] })).toBe(PRETTY.replace('"relu",  ', ''))
    expect(edit(PRETTY, { kind: 'remove', path: ['act', '_value', 1] })).toBe(PRETTY.replace(',  "tanh"', ''))
  })
  it('an entry is added with the indentation of its neighbours', () => {
    const value = { _type: 'uniform', _value: [0, 1] }
    expect(edit(PRETTY, { kind: 'insert', into: [], index: 2, name: 'drop', value })).toBe(
      PRETTY.replace(
        '"kept"}\n}',
        '"kept"},\n    "drop": {\n        "_type": "uniform",\n        "_value": [0, 1]\n    }\n}',
      ),
    )
  })
  it('an entry is removed with its line', () => {
    expect(edit(PRETTY, { kind: 'remove', path: ['act'] })).toBe(PRETTY.replace(/,\n {4}"act".*\n/, '\n'))
    expect(edit(PRETTY, { kind: 'remove', path: ['lr'] })).toMatch(/^\{\n {4}"act".*\n\}\n$/)
  })
  it('entries change places', () => {
    const moved = edit(PRETTY, { kind: 'move', path: ['act'], to: 0 })
    expect(moved).toMatch(/^\{\n {4}"act": .*"kept"\},\n {4}"lr": \{\n {8}"_type"/)
    expect(edit(moved, { kind: 'move', path: ['act'], to: 1 })).toBe(PRETTY)
  })
  it('an empty file and an empty map take a first entry', () => {
    const value = { _type: 'uniform', _value: [0, 1] }
    const first: SpaceEdit = { kind: 'insert', into: [], index: 0, name: 'x', value }
    const text = '{\n  "x": {"_type": "uniform", "_value": [0, 1]}\n}\n'
    expect(edit('{}\n', first)).toBe(text)
    expect(editSpaceText('', [first], { format: 'json' })).toBe(text)
  })
  it('a compact text stays compact, tabs stay tabs, CRLF stays CRLF', () => {
    const value = { _type: 'choice', _value: [1, 2] }
    expect(
      edit('{"a":{"_type":"choice","_value":[1]}}', { kind: 'insert', into: [], index: 1, name: 'b', value }),
    ).toBe('{"a":{"_type":"choice","_value":[1]},"b":{"_type":"choice","_value":[1,2]}}')
    const tabbed = '{\r\n\t"a": {\r\n\t\t"_type": "choice",\r\n\t\t"_value": [1]\r\n\t}\r\n}'
    expect(edit(tabbed, { kind: 'insert', into: [], index: 0, name: 'b', value })).toBe(
      tabbed.replace('\t"a"', '\t"b": {\r\n\t\t"_type": "choice",\r\n\t\t"_value": [1, 2]\r\n\t},\r\n\t"a"'),
    )
  })
})

describe('of a YAML text only what an edit says changes', () => {
  const yaml = `# the space
lr: {_type: loguniform, _value: [1.0e-4, 0.1]}  # rate
# layers
conv:
  _type: choice
  _value:
    - _name: small
      kernel: {_type: choice, _value: [1, 3]}
    - _name: none
`
  it('numbers and names, nested too', () => {
    expect(
      edit(
        yaml,
        { kind: 'set', path: ['conv', '_value', 0, 'kernel', '_value'], value: [1, 3, 5] },
        { kind: 'rename', path: ['lr'], name: 'rate' },
      ),
    ).toBe(yaml.replace('[1, 3]', '[1, 3, 5]').replace('lr:', 'rate:'))
  })
  it('entries change places with the comments above them', () => {
    expect(edit(yaml, { kind: 'move', path: ['conv'], to: 0 })).toMatch(
      /^# the space\n# layers\nconv:\n[\s\S]*\nlr: .*# rate\n$/,
    )
    expect(edit(yaml.trimEnd(), { kind: 'move', path: ['lr'], to: 1 })).toMatch(/# rate$/)
  })
  it('in a file where the space is a part', () => {
    const file =
      'kind: Experiment\nnni:\n  searchSpace:\n    x: {_type: uniform, _value: [0, 1]}\n  maxTrialNumber: 5\n'
    const options = { at: ['nni', 'searchSpace'] }
    const value = { _type: 'randint', _value: [1, 9] }
    expect(editSpaceText(file, [{ kind: 'insert', into: [], index: 1, name: 'k', value }], options)).toBe(
      file.replace('1]}\n', '1]}\n    k: {_type: randint, _value: [1, 9]}\n'),
    )
    const without = 'kind: Experiment\nnni:\n  maxTrialNumber: 5\n'
    expect(editSpaceText(without, [{ kind: 'insert', into: [], index: 0, name: 'k', value }], options)).toContain(
      '  searchSpace:\n    k: {_type: randint, _value: [1, 9]}\n',
    )
  })
})

it('an edit of what is not there, or is there already, changes nothing and says so', () => {
  expect(() => edit(PRETTY, { kind: 'remove', path: ['nothing'] })).toThrow('nothing called nothing')
  expect(() => edit(PRETTY, { kind: 'rename', path: ['lr'], name: 'act' })).toThrow('There is a act already')
  expect(() => edit('{"a": [1,}', { kind: 'remove', path: ['a'] })).toThrow('broken')
})

const scalar = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.string({ unit: 'binary' }),
)
const name = fc
  .oneof(fc.constantFrom('lr', 'batch size', '层', 'a:b', '#x', 'true', '-'), fc.string({ minLength: 1, maxLength: 6 }))
  .filter((text) => text !== '__proto__' && !/^\d+$/.test(text))
const plainEntry = fc.record({
  _type: fc.constantFrom('choice', 'uniform'),
  _value: fc.array(scalar, { maxLength: 4 }),
  extra: fc.option(scalar, { nil: 0 }),
})
const branch = fc
  .tuple(name, fc.dictionary(name, plainEntry, { maxKeys: 3 }))
  .map(([label, rest]) => ({ _name: label, ...rest }))
const nested = fc.record({ _type: fc.constant('choice'), _value: fc.array(branch, { minLength: 1, maxLength: 3 }) })
const space = fc.dictionary(name, fc.oneof(plainEntry, nested) as fc.Arbitrary<Json>, { maxKeys: 5 }) as fc.Arbitrary<
  Record<string, Json>
>

/** Paths of everything below a value. */
function pathsIn(value: Json, path: (string | number)[] = []): (string | number)[][] {
  const children: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : []
  return children.flatMap(([key, item]) => [[...path, key], ...pathsIn(item, [...path, key])])
}

/** An edit that fits a value, chosen by numbers. */
function someEdit(value: Json, kind: number, where: number, what: Json, label: string): SpaceEdit | undefined {
  const paths = pathsIn(value)
  const path = paths[where % Math.max(1, paths.length)]
  if (!path) return { kind: 'insert', into: [], index: 0, name: label, value: what }
  const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as Record<string | number, Json>)[key] ?? null, value)
  const list = Array.isArray(parent)
  const length = list ? parent.length : Object.keys(parent ?? {}).length
  switch (kind % 5) {
    case 0:
      return { kind: 'set', path, value: what }
    case 1:
      return { kind: 'remove', path }
    case 2:
      return list || Object.hasOwn(parent as object, label) ? undefined : { kind: 'rename', path, name: label }
    case 3:
      if (!list && Object.hasOwn(parent as object, label)) return undefined
      return {
        kind: 'insert',
        into: path.slice(0, -1),
        index: where % (length + 1),
        ...(!list && { name: label }),
        value: what,
      }
    default:
      return { kind: 'move', path, to: (where * 7) % length }
  }
}

const anyEdit = fc.tuple(space, fc.nat(), fc.nat(), fc.oneof(scalar, plainEntry) as fc.Arbitrary<Json>, name)

it.each(['    ', '\t', ''])('any edit of any JSON gives the value it means, in strict JSON (%j)', (indent) => {
  fc.assert(
    fc.property(anyEdit, ([value, kind, where, what, label]) => {
      const change = someEdit(value, kind, where, what, label)
      if (!change) return
      const result = editSpaceText(JSON.stringify(value, null, indent), [change], { format: 'json' })
      const wanted = applyEdit(value, change)
      expect(JSON.parse(result)).toEqual(JSON.parse(JSON.stringify(wanted)))
      if (change.kind !== 'set') expect(Object.keys(JSON.parse(result))).toEqual(Object.keys(wanted as object))
    }),
    { numRuns: 200 },
  )
})

it.each([1, 3])('any edit of any YAML gives the value it means, or is refused (%i levels of lines)', (levels) => {
  const style: YamlStyle = { flow: (path) => path.length >= levels, order: () => undefined }
  let refused = 0
  fc.assert(
    fc.property(anyEdit, ([value, kind, where, what, label]) => {
      const change = someEdit(value, kind, where, what, label)
      if (!change || Object.keys(value).length === 0) return
      const text = `# head\n${blockText(value, '', [], style)}\n`
      try {
        const result = editSpaceText(text, [change], { format: 'yaml' })
        expect(sameJson(readYaml(result).tree?.value, applyEdit(value, change))).toBe(true)
        expect(result).toContain('# head\n')
      } catch (error) {
        if (!(error instanceof SecxopsError)) throw error
        expect(error.body.code).toBe('bad-yaml')
        refused++
      }
    }),
    { numRuns: 200 },
  )
  expect(refused).toBeLessThan(5)
})
