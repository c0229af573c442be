import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TargetConfig } from '@secxops/protocol/cluster'
import { expect, test, vi } from 'vitest'
import { createImageEnvironments, type ImageBuilder } from './image-environments.ts'

const caller = { signal: new AbortController().signal, progress: () => undefined }
const base: TargetConfig = { baseImage: 'reg.example/python:1', registry: 'reg.example/team' }

function open(config: TargetConfig = base) {
  const image = vi.fn<ImageBuilder['image']>().mockResolvedValue('reg.example/team/secxops-env@sha256:1')
  const directory = mkdtempSync(join(tmpdir(), 'secxops-image-'))
  writeFileSync(join(directory, 'requirements.txt'), 'six\n')
  return { environments: createImageEnvironments(() => config, 'lab', { image }), image, directory }
}

test('a module without requirements runs in the base image, and nothing is built', async () => {
  const { environments, image, directory } = open()
  expect(await environments.prepare(undefined, directory, false, caller)).toMatchObject({ image: base.baseImage })
  expect(image).not.toHaveBeenCalled()
})

test('requirements, and what a notebook needs, come as an image on the base', async () => {
  const { environments, image, directory } = open()
  const requirements = { requirements: 'requirements.txt' }
  expect((await environments.prepare(requirements, directory, true, caller)).image).toMatch('@sha256:')
  expect(image.mock.calls[0]?.[0]).toMatchObject({
    base: base.baseImage,
    python: '3.11',
    requirements: join(directory, 'requirements.txt'),
    packages: [expect.stringMatching('papermill'), expect.stringMatching('ipykernel')],
  })
})

test('the identity follows base image and requirements, and is known without building', async () => {
  const { environments, image, directory } = open()
  const requirements = { requirements: 'requirements.txt' }
  const one = await environments.digest(requirements, directory, false)
  expect(await environments.digest(requirements, directory, false)).toBe(one)
  const other = open({ ...base, baseImage: 'reg.example/python:2' })
  expect(await other.environments.digest(requirements, directory, false)).not.toBe(one)
  writeFileSync(join(directory, 'requirements.txt'), 'six\nidna\n')
  expect(await environments.digest(requirements, directory, false)).not.toBe(one)
  expect(image).not.toHaveBeenCalled()
})

test('an interpreter of this machine, and a Python that the base image has not, are refused with what to do', async () => {
  const { environments, directory } = open()
  await expect(
    environments.prepare({ interpreter: '/usr/bin/python3' }, directory, false, caller),
  ).rejects.toMatchObject({
    body: { code: 'cannot-run-here' },
  })
  await expect(environments.prepare({ python: '3.13' }, directory, false, caller)).rejects.toMatchObject({
    body: { code: 'no-python', next: [{ command: 'secxops target set lab --base-image IMAGE --python 3.13' }] },
  })
})
