import { isRecord } from '../is-record.ts'

/** The part of JSON Schema that our generated schemas use. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  description?: string
  default?: unknown
}

/** Looks up what a schema says about a place in a document. */
export class SchemaGuide {
  readonly #root: Schema

  constructor(root: Schema) {
    this.#root = root
  }

  /** Schemas that may hold at a path of keys; several where the schema leaves a choice. */
  at(path: readonly string[]): Schema[] {
    let found = this.#branches(this.#root)
    for (const key of path)
      found = found.flatMap((schema) => {
        const next = schema.properties?.[key] ?? schema.additionalProperties
        return isRecord(next) ? this.#branches(next) : []
      })
    return found
  }

  /** Keys that are known at a path, with their schemas. */
  keys(path: readonly string[]): { key: string; schema: Schema; required: boolean }[] {
    return this.at(path).flatMap((schema) =>
      Object.entries(schema.properties ?? {}).map(([key, child]) => ({
        key,
        schema: this.#branches(child)[0] ?? child,
        required: schema.required?.includes(key) ?? false,
      })),
    )
  }

  /** Values that are listed for a path: constants, choices, true and false; also of the items of a list. */
  values(path: readonly string[]): string[] {
    const values = this.at(path).flatMap((schema) => [schema, ...(schema.items ? this.#branches(schema.items) : [])])
    return [
      ...new Set(
        values.flatMap(({ const: one, enum: some, type }) =>
          one !== undefined ? [String(one)] : some ? some.map(String) : type === 'boolean' ? ['true', 'false'] : [],
        ),
      ),
    ]
  }

  /** What the schema says in words about a path. */
  description(path: readonly string[]): string | undefined {
    return this.at(path).find(({ description }) => description !== undefined)?.description
  }

  #branches(schema: Schema): Schema[] {
    const { $ref, anyOf, oneOf } = schema
    const inner = anyOf ?? oneOf
    const description = schema.description === undefined ? {} : { description: schema.description }
    if ($ref !== undefined) {
      const target = this.#root.$defs?.[$ref.replace('#/$defs/', '')]
      return target ? this.#branches(target).map((one) => ({ ...one, ...description })) : []
    }
    return inner ? inner.flatMap((one) => this.#branches(one)).map((one) => ({ ...one, ...description })) : [schema]
  }
}
