import type { ISettingRegistry } from '@jupyterlab/settingregistry'
import type { TranslationBundle } from '@jupyterlab/translation'

type Texts = { title?: string; description?: string }

/**
 * A settings schema with its titles and descriptions in the language of the page. JupyterLab's server translates only
 * schemas of its language packs. The texts stand in our catalog under the context `schema`, as its own do.
 */
export function translateSchema(
  schema: ISettingRegistry.ISchema,
  trans: Pick<TranslationBundle, '_p'>,
): ISettingRegistry.ISchema {
  const translated = <T extends Texts>(texts: T): T => ({
    ...texts,
    ...(texts.title === undefined ? {} : { title: trans._p('schema', texts.title) }),
    ...(texts.description === undefined ? {} : { description: trans._p('schema', texts.description) }),
  })
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, translated(property)])
  return { ...translated(schema), properties: Object.fromEntries(properties) }
}
