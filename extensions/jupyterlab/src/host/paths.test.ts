import { expect, test } from 'vitest'
import { pathMap } from './paths.ts'

const paths = pathMap({ root: '/srv/work', home: '/srv/home' }, (path) => path.replace(/^RTC:/, ''))

test('a path in the root folder has a contents path and comes back', () => {
  expect(paths.contents('/srv/work/a/b.ipynb')).toBe('a/b.ipynb')
  expect(paths.absolute('a/b.ipynb')).toBe('/srv/work/a/b.ipynb')
  expect(paths.contents('/srv/work')).toBe('')
  expect(paths.absolute('')).toBe('/srv/work')
})

test('a path in the home goes through the read-only drive', () => {
  expect(paths.contents('/srv/home/attempts/r/n/1/x.ipynb')).toBe('SecXOps:attempts/r/n/1/x.ipynb')
  expect(paths.absolute('SecXOps:attempts/r/n/1/x.ipynb')).toBe('/srv/home/attempts/r/n/1/x.ipynb')
})

test('a sibling whose name only begins like the root is outside', () => {
  expect(paths.contents('/srv/workshop/a')).toBeUndefined()
  expect(pathMap({ root: '/srv/work' }).contents('/srv/home/a')).toBeUndefined()
})

test('the drive of real-time collaboration is taken off', () => {
  expect(paths.absolute('RTC:a.workflow.yaml')).toBe('/srv/work/a.workflow.yaml')
})

test('the root folder may be the file system itself', () => {
  const all = pathMap({ root: '/' })
  expect(all.absolute('etc/x')).toBe('/etc/x')
  expect(all.contents('/etc/x')).toBe('etc/x')
})
