import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ServerEvent } from '@secxops/protocol/events'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openHome } from '../home.ts'
import type { Store } from '../services.ts'
import { openStore } from '../store/store.ts'
import { moduleMigrations } from './migrations.ts'
import { createModules, type Modules } from './modules.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-modules-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const TRAIN = `# how the classifier learns
apiVersion: secxops/v1
kind: Module
name: train-waf
start: python3 train.py --lr $lr --data $data --out $model   # the usual
parameters:
  lr: {type: number, default: 0.1, minimum: 0}
inputs: {data: {type: dataset, path: data.csv}}
outputs: {model: {type: model, path: model.joblib}}
`

let folder: string
let project: string
let modules: Modules
let store: Store
let events: ServerEvent[]

beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
  project = join(folder, 'project')
  write('project/train/module.yaml', TRAIN)
  write('project/train/train.py', 'print("learning")\n')
  write('project/train/lib/util.py', 'X = 1\n')
  open()
})

function open(): void {
  const home = openHome({ SECXOPS_HOME: join(folder, 'home') })
  store = openStore(home.database, 'next', moduleMigrations)
  events = []
  write(
    'builtin/csv-split/module.yaml',
    'apiVersion: secxops/v1\nkind: Module\nname: csv-split\nversion: 1.0.0\nstart: sh split.sh\n',
  )
  modules = createModules({
    home,
    store,
    events: { publish: (event) => events.push(event), subscribe: () => () => {} },
    settings: { get: () => ({ baseImage: 'python:3.11-slim' }) },
    environments: { findPython: () => Promise.reject(new Error('not asked')), identify: async () => undefined },
    builtins: join(folder, 'builtin'),
  })
}

function write(path: string, text: string): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

const train = () => modules.resolve('./train', project)

describe('resolve', () => {
  test('./folder, ./file for file.module.yaml, and the module file itself', async () => {
    expect(await train()).toMatchObject({ path: join(project, 'train'), live: true, module: { name: 'train-waf' } })
    write('project/eval.module.yaml', TRAIN.replace('train-waf', 'eval-waf'))
    expect((await modules.resolve('./eval', project)).module.name).toBe('eval-waf')
    expect((await modules.resolve('./eval.module.yaml', project)).module.name).toBe('eval-waf')
  })

  test('a Python module without environment gets a bare one, a shell module none', async () => {
    expect((await train()).module.environment).toEqual({})
    expect((await modules.resolve('csv-split', project)).module.environment).toBeUndefined()
  })

  test('a folder that is no module yet offers to package it; an unknown name is suggested', async () => {
    mkdirSync(join(project, 'raw'))
    await expect(modules.resolve('./raw', project)).rejects.toMatchObject({
      body: { code: 'unknown-module', next: [{ kind: 'package', path: join(project, 'raw') }] },
    })
    await expect(modules.resolve('csv-splt', project)).rejects.toMatchObject({
      body: { code: 'unknown-module', message: expect.stringContaining('csv-split') },
    })
    await expect(modules.resolve('csv-split@9.0.0', project)).rejects.toMatchObject({
      body: { code: 'unknown-version' },
    })
  })

  test('broken YAML names file, line and column', async () => {
    const path = write('project/train/module.yaml', 'apiVersion: secxops/v1\nkind: Module\nname: [train\n')
    await expect(train()).rejects.toMatchObject({
      body: { code: 'bad-module', where: { path, line: expect.any(Number) } },
    })
  })
})

describe('digest', () => {
  test('sources and meaning count; comments, version, caches, workflows and the own outputs do not', async () => {
    const before = await modules.digest(await train())
    write('project/train/module.yaml', `# another word\n${TRAIN}version: 3.0.0\n`)
    write('project/train/__pycache__/train.pyc', 'x')
    write('project/train/model.joblib', 'left by a run by hand')
    write('project/train/data.csv', 'sample')
    write('project/train/all.workflow.yaml', 'x')
    expect(await modules.digest(await train())).toBe(before)
    write('project/train/lib/util.py', 'X = 2\n')
    const changed = await modules.digest(await train())
    expect(changed).not.toBe(before)
    write('project/train/module.yaml', TRAIN.replace('default: 0.1', 'default: 0.2'))
    expect(await modules.digest(await train())).not.toBe(changed)
  })

  test('making a file executable or renaming it changes the digest', async () => {
    const path = write('project/train/run.sh', 'echo\n')
    const before = await modules.digest(await train())
    chmodSync(path, 0o755)
    expect(await modules.digest(await train())).not.toBe(before)
  })

  test('"files" narrows what belongs to the module', async () => {
    write('project/train/module.yaml', `${TRAIN}files: [train.py, "lib/*.py"]\n`)
    const before = await modules.digest(await train())
    write('project/train/notes.txt', 'x')
    expect(await modules.digest(await train())).toBe(before)
    write('project/train/lib/more.py', 'x')
    expect(await modules.digest(await train())).not.toBe(before)
  })
})

describe('materialize', () => {
  test('copies what belongs to the module and answers the digest of the copy', async () => {
    symlinkSync('train.py', join(project, 'train', 'main.py'))
    const target = mkdtempSync(join(folder, 'work-'))
    expect(await modules.materialize(await train(), target)).toBe(await modules.digest(await train()))
    expect(readdirSync(target, { recursive: true }).sort()).toEqual(['lib', 'lib/util.py', 'main.py', 'train.py'])
    expect(readFileSync(join(target, 'main.py'), 'utf8')).toContain('learning')
  })

  test('a link that leaves the folder is refused by name, and a folder in use is not written to', async () => {
    symlinkSync('/etc/hostname', join(project, 'train', 'host'))
    const target = mkdtempSync(join(folder, 'work-'))
    await expect(modules.materialize(await train(), target)).rejects.toMatchObject({ body: { code: 'path-outside' } })
    expect(readdirSync(target)).toEqual([])
    await expect(modules.materialize(await train(), project)).rejects.toMatchObject({ body: { code: 'conflict' } })
  })
})

describe('save', () => {
  const path = () => join(project, 'train')

  test('gives the next patch number, keeps comments, and the snapshot is read-only and has the same digest', async () => {
    const live = await modules.digest(await train())
    const first = await modules.save(path())
    expect(first).toMatchObject({ name: 'train-waf', version: '1.0.0', digest: live, files: 2, builtin: false })
    expect(readFileSync(join(path(), 'module.yaml'), 'utf8')).toMatch(
      /# how the classifier learns[\s\S]*version: "?1.0.0/,
    )
    expect(statSync(join(first.path, 'train.py')).mode & 0o222).toBe(0)
    expect(await modules.digest(await modules.resolve('train-waf@1.0.0', project))).toBe(live)
    write('project/train/train.py', 'print("better")\n')
    expect((await modules.save(path())).version).toBe('1.0.1')
    expect(await modules.resolve('train-waf@1.0.0', project)).toMatchObject({ newer: '1.0.1', live: false })
    expect(readFileSync(join(first.path, 'train.py'), 'utf8')).toContain('learning')
    expect(events).toEqual([
      { type: 'module', name: 'train-waf', version: '1.0.0' },
      { type: 'module', name: 'train-waf', version: '1.0.1' },
    ])
  })

  test('never overwrites: the same version is refused, the same content gives the same version', async () => {
    expect((await modules.save(path(), '2.0.0')).unchanged).toBeUndefined()
    await expect(modules.save(path(), '2.0.0')).rejects.toMatchObject({ body: { code: 'version-exists' } })
    expect(await modules.save(path())).toMatchObject({ version: '2.0.0', unchanged: true })
    await expect(modules.save(write('csv/module.yaml', TRAIN.replace('train-waf', 'csv-split')))).rejects.toMatchObject(
      {
        body: { code: 'conflict' },
      },
    )
  })

  test('two saves at once get two numbers', async () => {
    write('project/other/module.yaml', TRAIN.replace('0.1', '0.5'))
    const saved = await Promise.all([modules.save(path()), modules.save(join(project, 'other'))])
    expect(saved.map((one) => one.version)).toEqual(['1.0.0', '1.0.1'])
  })

  test('a failed save leaves no folder, no row and the module file as it was', async () => {
    const before = readFileSync(join(path(), 'module.yaml'), 'utf8')
    symlinkSync('/etc/hostname', join(path(), 'host'))
    await expect(modules.save(path())).rejects.toMatchObject({ body: { code: 'path-outside' } })
    rmSync(join(path(), 'host'))
    store.write = () => Promise.reject(new Error('power cut'))
    await expect(modules.save(path())).rejects.toThrow('power cut')
    expect(modules.list().map((one) => one.name)).toEqual(['csv-split'])
    expect(readFileSync(join(path(), 'module.yaml'), 'utf8')).toBe(before)
    expect(readdirSync(join(folder, 'home', 'staging'))).toEqual([])
    await store.close()
    open()
    expect((await modules.save(path())).version).toBe('1.0.0')
  })

  test('list and get show saved and built-in modules', async () => {
    await modules.save(path())
    expect(modules.list()).toMatchObject([
      { name: 'csv-split', builtin: true, latest: '1.0.0' },
      { name: 'train-waf', builtin: false, versions: ['1.0.0'] },
    ])
    expect(await modules.get('csv-split')).toMatchObject({ digest: expect.stringMatching(/^sha256:/) })
    await expect(modules.get('train-waf', '7.0.0')).rejects.toMatchObject({ body: { code: 'unknown-version' } })
  })
})

describe('write', () => {
  const moduleOf = async () => (await train()).module

  test('keeps comments, writes what is missing, and never replaces a requirements file unasked', async () => {
    const modulePath = join(project, 'train', 'module.yaml')
    const module = { ...(await moduleOf()), timeout: '1h', environment: { requirements: 'requirements.txt' } }
    expect(modules.write({ modulePath, module, requirements: 'pandas\n' }).written).toEqual([
      join(project, 'train', 'requirements.txt'),
      modulePath,
    ])
    expect(readFileSync(modulePath, 'utf8')).toContain('# how the classifier learns')
    // Pages hear of it, whoever asked; of nothing new they do not.
    modules.write({ modulePath, module, requirements: 'pandas\n' })
    expect(events).toEqual([{ type: 'module', name: module.name }])
    const before = hashOf(modulePath)
    expect(() => modules.write({ modulePath, module: { ...module, timeout: '2h' }, requirements: 'numpy\n' })).toThrow(
      /requirements.txt is there/,
    )
    expect(hashOf(modulePath)).toBe(before)
    modules.write({ modulePath, module, requirements: 'numpy\n', overwrite: true })
    expect(readFileSync(join(project, 'train', 'requirements.txt'), 'utf8')).toBe('numpy\n')
  })

  test('refuses a module whose start names an unknown parameter, and any file name but a module file', async () => {
    const module = await moduleOf()
    const modulePath = join(project, 'new', 'module.yaml')
    expect(() => modules.write({ modulePath, module })).toThrow(/does not exist/)
    expect(() => modules.write({ modulePath: join(project, 'train', 'train.py'), module })).toThrow(
      /no name for a module file/,
    )
    expect(() =>
      modules.write({
        modulePath: join(project, 'train', 'module.yaml'),
        module: { ...module, start: 'python3 $lrr' },
      }),
    ).toThrow(/\$lr/)
    expect(existsSync(join(project, 'new'))).toBe(false)
  })
})

describe('publish', () => {
  test('says what is missing, writes the Dockerfile with a reason a line, and never twice', async () => {
    expect(await modules.publishCheck(join(project, 'train'))).toMatchObject({
      ready: false,
      missing: [{ next: [{ kind: 'write-dockerfile' }] }, { severity: 'warning' }],
    })
    const { text } = await modules.writeDockerfile(join(project, 'train'))
    expect(text).toMatch(/^# the base is an argument.*\nARG BASE_IMAGE=python:3.11-slim\n/)
    expect(text).toContain('USER 10001')
    expect((await modules.publishCheck(join(project, 'train'))).ready).toBe(true)
    await expect(modules.writeDockerfile(join(project, 'train'))).rejects.toMatchObject({ body: { code: 'conflict' } })
  })
})

describe('add requirement', () => {
  test('makes the file, notes it in the module, replaces an older line of the same distribution', async () => {
    const at = join(project, 'train')
    expect(modules.addRequirement(at, 'Scikit_Learn').path).toBe(join(at, 'requirements.txt'))
    expect((await train()).module.environment).toEqual({ requirements: 'requirements.txt' })
    modules.addRequirement(at, 'pandas>=2')
    modules.addRequirement(at, 'scikit-learn==1.9.1')
    expect(readFileSync(join(at, 'requirements.txt'), 'utf8')).toBe('scikit-learn==1.9.1\npandas>=2\n')
    expect(() => modules.addRequirement(at, 'x\n--index-url http://evil')).toThrow(/not a requirement/)
  })
})

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
