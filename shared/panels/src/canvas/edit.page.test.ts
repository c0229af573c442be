import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openCanvas } from './canvas-page.ts'
import { TEXT_OF_WORKFLOW } from './fixtures.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('editing on the canvas', () => {
  test('moving a node is one undo step and changes no line of the workflow', async () => {
    const canvas = await openCanvas()
    const box = await canvas.node('report').boundingBox()
    await canvas.drag(canvas.node('report').locator('.sx-node-title'), {
      x: (box?.x ?? 0) + 60,
      y: (box?.y ?? 0) + 200,
    })
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    expect(await canvas.undoLabel()).toBe('Move report')
    const moved = (await canvas.layout()).report
    // Nodes that had no stored place keep the one they are shown at.
    expect(Object.keys(await canvas.layout()).sort()).toEqual(['evaluate', 'prepare', 'report', 'train'])
    await canvas.page.keyboard.press('Control+z')
    expect((await canvas.layout()).report).not.toEqual(moved)
    await canvas.page.keyboard.press('Control+Shift+z')
    expect((await canvas.layout()).report).toEqual(moved)
    await canvas.close()
  })

  test('dragging from port to port connects; the comment beside it survives', async () => {
    const canvas = await openCanvas()
    await canvas.drag(canvas.port('prepare', 'test'), canvas.port('report', 'extra'))
    expect(await canvas.text()).toContain('extra: prepare.test')
    expect(await canvas.text()).toContain('# keeps 20 % for the test')
    expect(await canvas.undoLabel()).toBe('Connect prepare.test to report.extra')
    await canvas.close()
  })

  test('the list of sources of a port leaves out what follows its node', async () => {
    const canvas = await openCanvas()
    const listed = () => canvas.page.locator('option').allTextContents()
    await canvas.node('report').click()
    await expect.poll(listed).toContain('evaluate.report')
    await canvas.node('prepare').click()
    await canvas.page.getByLabel('raw').waitFor()
    expect(await listed()).not.toContain('evaluate.report')
    await canvas.close()
  })

  test('an invalid target explains itself while dragging, and the drop changes nothing', async () => {
    const canvas = await openCanvas()
    await canvas.drag(canvas.port('prepare', 'test'), canvas.port('prepare', 'raw'), false)
    await canvas.page.locator('.sx-hint', { hasText: 'This would make a cycle: prepare → prepare.' }).waitFor()
    await canvas.page.mouse.up()
    await canvas.drag(canvas.port('prepare', 'features'), canvas.port('evaluate', 'model'), false)
    await canvas.page
      .locator('.sx-hint', { hasText: 'evaluate.model takes a model; prepare.features is a dataset.' })
      .waitFor()
    await canvas.page.mouse.up()
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    await canvas.close()
  })

  test('a drop on a used port says what it replaces and is one undo step', async () => {
    const canvas = await openCanvas()
    await canvas.drag(canvas.port('prepare', 'test'), canvas.port('train', 'data'), false)
    await canvas.page.locator('.sx-hint', { hasText: 'Replaces prepare.features' }).waitFor()
    await canvas.page.mouse.up()
    expect(await canvas.text()).toContain('data: prepare.test')
    await canvas.page.evaluate(() => window.sxDocument?.undo())
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    await canvas.close()
  })

  test('a port dragged into space offers only fitting modules and connects the new node', async () => {
    const canvas = await openCanvas()
    const box = await canvas.port('prepare', 'features').boundingBox()
    await canvas.drag(canvas.port('prepare', 'features'), { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 220 })
    await canvas.page.getByRole('combobox', { name: /prepare.features \(dataset\)/ }).waitFor()
    await canvas.page.getByRole('option', { name: /\.\/evaluate/ }).waitFor()
    expect(await canvas.page.getByRole('option', { name: /\.\/prepare/ }).count()).toBe(1)
    await canvas.page.keyboard.type('balance')
    await canvas.page.keyboard.press('Enter')
    await canvas.node('balance').waitFor()
    expect(await canvas.text()).toContain('rows: prepare.features')
    await canvas.page.evaluate(() => window.sxDocument?.undo())
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    await canvas.close()
  })

  test('delete takes nodes with their edges, and undo brings the text back byte for byte', async () => {
    const canvas = await openCanvas()
    await canvas.node('train').click()
    await canvas.page.keyboard.press('Delete')
    await canvas.node('train').waitFor({ state: 'detached' })
    expect(await canvas.text()).not.toContain('train.model')
    await canvas.page.keyboard.press('Control+z')
    await canvas.node('train').waitFor()
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    await canvas.close()
  })

  test('an edge can be selected and deleted alone', async () => {
    const canvas = await openCanvas()
    await canvas.page.locator('.react-flow__edge.sx-edge-order').dispatchEvent('click')
    await canvas.page.locator('.sx-canvas').focus()
    await canvas.page.keyboard.press('Delete')
    expect(await canvas.text()).not.toContain('after:')
    expect(await canvas.text()).toContain('report')
    await canvas.close()
  })

  test('copy, paste and duplicate: YAML on the clipboard, secrets left behind, inner edges kept', async () => {
    const canvas = await openCanvas()
    await canvas.node('prepare').click()
    await canvas.node('train').click({ modifiers: ['Control'] })
    await canvas.page.keyboard.press('Control+c')
    await canvas.page.locator('.sx-live-region', { hasText: 'Copied 2 nodes' }).waitFor()
    const copied = (await canvas.log()).copied[0] ?? ''
    expect(copied).toContain('train-waf@1.2.0')
    await canvas.page.evaluate((text) => navigator.clipboard.writeText(text), copied)
    await canvas.page.keyboard.press('Control+v')
    await canvas.node('train-2').waitFor()
    expect(await canvas.text()).toContain('data: prepare-2.features')
    expect(await canvas.undoLabel()).toBe('Paste 2 nodes')
    await canvas.page.keyboard.press('Control+d')
    await canvas.node('train-3').waitFor()
    await canvas.close()
  })

  test('a paste that is no workflow is refused in words', async () => {
    const canvas = await openCanvas()
    await canvas.page.evaluate(() => navigator.clipboard.writeText('hello: world'))
    await canvas.node('train').click()
    await canvas.page.keyboard.press('Control+v')
    await canvas.page.locator('.sx-live-region', { hasText: 'holds no nodes' }).waitFor()
    expect(await canvas.text()).toBe(TEXT_OF_WORKFLOW)
    await canvas.close()
  })

  test('parameters are a form made from the types, checked with each key, one undo step an entry', async () => {
    const canvas = await openCanvas()
    await canvas.node('train').click()
    const epochs = canvas.page.getByLabel('epochs', { exact: true })
    await epochs.fill('0')
    await canvas.page.getByText('Expected a whole number of at least 1, found 0.').waitFor()
    await epochs.fill('50')
    await canvas.page.getByText('Expected a whole number').waitFor({ state: 'detached' })
    await epochs.press('Enter')
    expect(await canvas.text()).toContain('epochs: 50')
    expect(await canvas.undoLabel()).toBe('Set train.epochs')
    await canvas.page.getByLabel('loss', { exact: true }).selectOption('hinge')
    await canvas.page.getByLabel('shuffle', { exact: true }).uncheck()
    expect(await canvas.text()).toContain('loss: hinge')
    expect(await canvas.text()).toContain('shuffle: false')
    await canvas.page.getByLabel('layers', { exact: true }).fill('[1,')
    await canvas.page.getByText('Not JSON').waitFor()
    await canvas.page.getByRole('button', { name: 'From workflow parameter: epochs' }).click()
    expect(await canvas.text()).toMatch(/epochs: \{ ?parameter: epochs ?\}/)
    await canvas.close()
  })

  test('a dropped module becomes a node, a dropped notebook is packaged on the way', async () => {
    const canvas = await openCanvas()
    const drop = (item: unknown, y = 620): Promise<void> =>
      canvas.page.evaluate(
        ([value, clientY]) => {
          const data = new DataTransfer()
          data.setData('application/x-secxops', JSON.stringify(value))
          const target = document.querySelector('.sx-flow')
          for (const type of ['dragover', 'drop'])
            target?.dispatchEvent(
              new DragEvent(type, { dataTransfer: data, clientX: 400, clientY, bubbles: true, cancelable: true }),
            )
        },
        [item, y] as const,
      )
    await drop({ kind: 'module', ref: 'balance@0.3.1' })
    await canvas.node('balance').waitFor()
    await drop({ kind: 'path', path: '/project/summary/summary.ipynb' })
    await canvas.node('summary').waitFor()
    expect(await canvas.text()).toContain('module: ./summary')
    expect((await canvas.log()).calls.map(({ route }) => route)).toContain('modules.write')
    await drop({ kind: 'path', path: '/project/rows.csv' })
    await canvas.page.getByRole('option', { name: /Input of the workflow/ }).click()
    await canvas.page.getByRole('button', { name: 'Remove rows' }).waitFor()
    expect(await canvas.text()).toContain('default: rows@1')
    await canvas.close()
  })

  test('a dropped version asks what it shall be, leaves nothing when that is not answered, and feeds the node it falls on', async () => {
    const canvas = await openCanvas()
    const before = await canvas.text()
    const item = { kind: 'artifact', artifact: 'dataset', name: 'logins', version: 1 }
    const drop = (target: string): Promise<void> =>
      canvas.page.evaluate(
        ([value, selector]) => {
          const element = document.querySelector(selector)
          const box = element?.getBoundingClientRect() ?? new DOMRect()
          const at = {
            clientX: box.left + box.width / 2,
            clientY: box.top + (selector === '.sx-flow' ? 40 : box.height / 2),
          }
          const data = new DataTransfer()
          data.setData('application/x-secxops', JSON.stringify(value))
          for (const type of ['dragover', 'drop'])
            element?.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...at, bubbles: true, cancelable: true }))
        },
        [item, target] as const,
      )
    await drop('.sx-flow')
    await canvas.page.getByRole('option', { name: 'Input extra of report' }).waitFor()
    // Of inputs that have a source none is offered.
    expect(await canvas.page.getByRole('dialog').getByRole('option').count()).toBe(2)
    await canvas.page.keyboard.press('Escape')
    expect(await canvas.text()).toBe(before)
    await drop('.sx-flow')
    await canvas.page.getByRole('option', { name: /Input of the workflow/ }).click()
    await canvas.page.getByRole('button', { name: 'Remove logins' }).waitFor()
    expect(await canvas.text()).toMatch(/logins: *\{? *type: dataset, default: logins@1/)
    await drop('.react-flow__node[data-id="report"] .sx-node')
    expect(await canvas.text()).toMatch(/extra: \{ ?input: logins ?\}/)
    // The keys mean the canvas now, not the list that it came from.
    await canvas.page.locator('.react-flow__node[data-id="report"]:focus').waitFor()
    await canvas.page.keyboard.press('Control+z')
    expect(await canvas.text()).not.toContain('extra:')
    await canvas.close()
  })

  test('until the module of a new node is known, its parameters are said to be on their way, not missing', async () => {
    const canvas = await openCanvas()
    await canvas.page.evaluate(() => {
      const routes = window.sxFake?.routes
      if (routes) routes['workflows.check'] = () => new Promise(() => undefined)
      const document = window.sxDocument
      document?.edit([{ type: 'add-node', id: 'late', node: { module: 'late@1.0.0' } }], 'Add late')
    })
    await canvas.node('late').click()
    const inspector = canvas.page.getByRole('complementary')
    await inspector.locator('.sx-skeleton').waitFor({ state: 'attached' })
    expect(await inspector.textContent()).not.toContain('no parameters')
    await canvas.close()
  })
})
