import { generated } from '@secxops/protocol/generate'
import { ROUTES } from '@secxops/protocol/routes'
import { expect, it } from 'vitest'
import { staleSchemas } from './generate-schemas.ts'

it('the schemas in docs are those of the protocol', () => {
  expect(staleSchemas()).toEqual([])
})

it('OpenAPI has every route, and every reference leads somewhere', () => {
  const text = generated()['docs/openapi.json'] ?? ''
  const { paths, components } = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string }>>
    components: { schemas: Record<string, unknown> }
  }
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(ids.sort()).toEqual([...Object.keys(ROUTES), 'events'].sort())
  const refs = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, ref]) => ref?.replace('#/components/schemas/', ''))
  expect(refs.filter((name) => !name || !Object.hasOwn(components.schemas, name))).toEqual([])
})
