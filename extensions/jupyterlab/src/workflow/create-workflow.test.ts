import type { Contents } from '@jupyterlab/services'
import { expect, test } from 'vitest'
import { createWorkflow } from './create-workflow.ts'

/** Contents that hold these files, whatever the folder; what is saved joins them. */
function contentsOf(names: string[]): Contents.IManager {
  const files = [...names]
  const contents: Partial<Contents.IManager> = {
    localPath: (path) => path,
    get: async () => ({ content: files.map((name) => ({ name })) }) as Contents.IModel,
    save: async (path) => {
      files.push(path.replace(/.*\//, ''))
      return { path } as Contents.IModel
    },
  }
  return contents as Contents.IManager
}

test('a new workflow is called after its folder, the next one gets a number', async () => {
  const contents = contentsOf(['phishing.workflow.yaml'])
  expect(await createWorkflow(contentsOf([]), 'mail/phishing')).toBe('mail/phishing/phishing.workflow.yaml')
  expect(await createWorkflow(contents, 'mail/phishing')).toBe('mail/phishing/phishing-2.workflow.yaml')
  expect(await createWorkflow(contents, 'mail/phishing')).toBe('mail/phishing/phishing-3.workflow.yaml')
})

test('at the top there is no folder to be called after; a name that is given is taken', async () => {
  expect(await createWorkflow(contentsOf([]), '')).toBe('untitled.workflow.yaml')
  expect(await createWorkflow(contentsOf([]), 'phishing', 'mails')).toBe('phishing/mails.workflow.yaml')
})
