import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CanvasPage } from '../../../../test/pages/canvas-page.ts'
import { STEPS_WORKFLOW, writeSteps } from '../../../../test/support/steps.ts'
import { commands, fake, Uri } from '../testing/fake-vscode.ts'
import { studios } from '../testing/studio.ts'

const openStudio = studios()
const NAME = 'steps.workflow.yaml'
const TREE = 'secxops.workflows'

test('the backend is killed: the canvas and the tree say so, edits go on, and it comes back by itself', async () => {
  const { folder, page, cli } = await openStudio(writeSteps)
  await commands.executeCommand('vscode.open', Uri.file(join(folder, NAME)))
  const canvasPage = await page(NAME)
  const canvas = new CanvasPage(canvasPage)
  await canvas.set('second', 'word', 'before')
  await fake.tree(TREE).rows()
  const { pid } = JSON.parse(await cli('serve', '--ensure', '--json')) as { pid: number }
  // Nothing can be started until the bundle is found again, so that the time without a backend can be looked at.
  fake.configure('secxops.backendPath', join(folder, 'not-there.mjs'))
  process.kill(pid, 'SIGKILL')
  await canvasPage
    .getByText(/The backend does not answer|The backend is missing/)
    .first()
    .waitFor()
  await expect.poll(() => fake.tree(TREE).message).toContain('Nothing is lost')
  await canvas.set('first', 'word', 'meanwhile')
  const document = fake.documents.find(({ uri }) => uri.path.endsWith(NAME))
  await expect.poll(() => document?.getText()).toContain('word: meanwhile')
  fake.configure('secxops.backendPath', '')
  await canvasPage
    .getByText(/The backend does not answer|The backend is missing/)
    .first()
    .waitFor({ state: 'detached' })
  await expect.poll(() => fake.tree(TREE).message).toBeUndefined()
  expect(document?.getText()).toBe(
    STEPS_WORKFLOW.replace('word: one', 'word: meanwhile').replace('word: two', 'word: before'),
  )
  await canvas.run()
  await canvas.waitState('second', 'succeeded')
})

/** Gives the token of the team's server, as the user does. */
async function giveToken(token: string): Promise<void> {
  const given = commands.executeCommand('secxops.setToken')
  await (await fake.dialogs.find('Token of the team server')).answer(token)
  await given
}

test("a team's server by its address: without the right token it is asked for, with it the trees fill, and it stands nowhere else", async () => {
  const { listen } = await openStudio(writeSteps)
  const { url, token } = await listen()
  fake.configure('secxops.server.url', url)
  expect(await fake.tree(TREE).rows()).toEqual([])
  await expect.poll(() => fake.welcome(TREE)).toEqual(['%welcome.token%'])
  await giveToken('not-the-token')
  await expect.poll(() => fake.log.at(-1)).toContain('refused the token')
  expect(fake.welcome(TREE)).toEqual(['%welcome.token%'])
  await giveToken(token)
  await expect.poll(async () => (await fake.tree(TREE).rows()).map(({ label }) => label)).toEqual(['steps'])
  expect(fake.log.join()).not.toContain(token)
})

test('a backend of another release: it is named, nothing half works, and what is edited is kept', async () => {
  const health = {
    product: 'secxops',
    version: '9.9.9+other',
    mode: 'owner',
    epoch: 1,
    pid: 1,
    home: '/',
    activeRuns: 0,
  }
  const server = createServer((_, response) => response.end(JSON.stringify(health))).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { folder, page } = await openStudio(writeSteps, {
    settings: { 'secxops.server.url': `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  })
  await fake.tree(TREE).rows()
  await giveToken('any')
  await expect.poll(() => fake.welcome(TREE)).toEqual(['%welcome.version%'])
  await commands.executeCommand('vscode.open', Uri.file(join(folder, NAME)))
  const canvas = new CanvasPage(await page(NAME))
  await canvas.page
    .getByText(/SecXOps 9\.9\.9/)
    .first()
    .waitFor()
  await canvas.set('first', 'word', 'kept')
  const document = fake.documents.find(({ uri }) => uri.path.endsWith(NAME))
  await expect.poll(() => document?.getText()).toBe(STEPS_WORKFLOW.replace('word: one', 'word: kept'))
  expect(await document?.save()).toBe(true)
})

test('a workflow file of 10 MB is told to be too large for the canvas and stays as it is', async () => {
  const text = STEPS_WORKFLOW + '# a line that is of no use to anybody\n'.repeat(280_000)
  const { folder, page } = await openStudio((folder) => {
    writeSteps(folder)
    writeFileSync(join(folder, NAME), text)
  })
  await commands.executeCommand('vscode.open', Uri.file(join(folder, NAME)))
  const shown = await page(NAME)
  await shown.getByText('The file has 10640199 characters; at most 1000000 are read.').first().waitFor()
  expect(await shown.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
  await shown.getByRole('alert').getByRole('button', { name: 'Open as text' }).click()
  await expect
    .poll(() => fake.tabs.visibleEditors.map(({ document }) => document.getText().length))
    .toEqual([text.length])
  expect(readFileSync(join(folder, NAME), 'utf8')).toBe(text)
})
