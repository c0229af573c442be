import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../store/store.ts'
import { CLUSTER_MIGRATIONS } from './migrations.ts'
import { Targets } from './targets.ts'

const kubeconfig = (name: string, user: object, namespace = '') =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: `https://${name}.example:6443` } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace ? { namespace } : {}) } }],
  })

function open(files: Record<string, string>, variable: (folder: string) => string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-targets-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const store = openStore(join(folder, 'db'), 'next', CLUSTER_MIGRATIONS)
  const KUBECONFIG = variable(folder)
  return new Targets(store, { HOME: folder, ...(KUBECONFIG === undefined ? {} : { KUBECONFIG }) })
}

test('this machine and the contexts of the kubeconfig, the first of two of the same name', async () => {
  const targets = open(
    {
      one: kubeconfig('team', { token: 't' }, 'ns'),
      two: kubeconfig('team', { token: 'x' }),
      three: kubeconfig('lab', {}),
    },
    (folder) => ['one', 'two', 'three'].map((name) => join(folder, name)).join(':'),
  )
  const [local, team, lab, ...more] = await targets.list()
  expect(local).toMatchObject({ name: 'local', kind: 'local' })
  expect(team).toMatchObject({ name: 'team', namespace: 'ns', current: true, problem: 'no base image is set' })
  expect(lab).toMatchObject({ name: 'lab', server: 'https://lab.example:6443', namespace: 'default', current: false })
  expect(more).toEqual([])
})

test('a kubeconfig that a workspace could choose, by a relative path, is not read', async () => {
  const targets = open({ '.kube/config': kubeconfig('mine', {}) }, () => 'evil/config:./config')
  expect((await targets.list()).map(({ name }) => name)).toEqual(['local', 'mine'])
})

test('what is set is kept, and can be forgotten', async () => {
  const targets = open({ '.kube/config': kubeconfig('team', {}) }, () => undefined)
  const set = await targets.configure('team', { baseImage: 'reg.example/py:1', maxParallel: 3 }, [])
  expect(set.problem).toBeUndefined()
  expect((await targets.configure('team', {}, ['maxParallel'])).config).toEqual({ baseImage: 'reg.example/py:1' })
  await expect(targets.configure('teem', {}, [])).rejects.toThrow('Did you mean "team"?')
})

test.each([
  [{ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/tmp/evil', args: ['-x'] } }, '/tmp/evil -x'],
  [{ 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/tmp/gcp' } } }, '/tmp/gcp'],
])('a command of the kubeconfig is shown and not started before it is allowed', async (user, command) => {
  const targets = open({ '.kube/config': kubeconfig('team', user) }, () => undefined)
  expect((await targets.list())[1]).toMatchObject({ command: command.split(' ') })
  await expect(targets.usable('team')).rejects.toThrow(command)
  await targets.configure('team', { allowCommand: true }, [])
  expect((await targets.usable('team')).namespace).toBe('default')
})

test('a namespace that is no name is refused', async () => {
  const targets = open({ '.kube/config': kubeconfig('team', {}, '..') }, () => undefined)
  await expect(targets.usable('team')).rejects.toThrow('no name of a namespace')
})
