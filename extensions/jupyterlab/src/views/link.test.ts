import type { ViewAddress } from '@secxops/panels/host'
import { linkedView } from '@secxops/panels/view/link'
import { expect, test } from 'vitest'
import { LINKED, linkTo } from './link.ts'

test.each<ViewAddress>([
  { view: 'run', runId: 'waf-8fk2' },
  { view: 'run', runId: 'waf-8fk2', nodeId: 'train' },
  { view: 'artifact', kind: 'dataset', name: 'waf', version: 3 },
  { view: 'artifact', kind: 'model', name: 'waf-model' },
  { view: 'experiment', id: 'waf-8fk2', part: 'curves', trial: 3 },
  { view: 'module', name: 'train', version: '1.2.0' },
  { view: 'package', path: '/home/me/数据 & more/a.ipynb' },
])('the link of a view leads back to it: %j', (address) => {
  const link = new URL(linkTo('https://hub/user/me/', address))
  expect(link.pathname).toBe('/user/me/lab')
  expect(link.search).toMatch(LINKED)
  expect(linkedView(link.search)).toEqual(address)
})

test('other addresses name no view', () => {
  expect(linkedView('?reset&token=x')).toBeUndefined()
  expect(linkedView('?secxops-view=shell&path=/x')).toBeUndefined()
})
