import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ISettingRegistry } from '@jupyterlab/settingregistry'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import type { Settings } from '@secxops/protocol/api'
import { translateSchema } from '../settings/translate-schema.ts'
import { ISecxops } from '../token.ts'

const ID = '@secxops/jupyterlab:settings'

/** JupyterLab's settings of SecXOps, carried to the backend. Only what the user set is sent. */
export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Settings of SecXOps.',
  autoStart: true,
  requires: [ISecxops],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
  ): void => {
    if (!registry) return
    const trans = (translator ?? nullTranslator).load('secxops')
    // The schema asks the registry to wait for this (`jupyter.lab.transform`).
    registry.transform(ID, { fetch: (plugin) => ({ ...plugin, schema: translateSchema(plugin.schema, trans) }) })
    const carry = async (user: ISettingRegistry.ISettings['user']): Promise<void> => {
      const body: Partial<Settings> = {}
      if (typeof user.baseImage === 'string' && user.baseImage !== '') body.baseImage = user.baseImage
      if (typeof user.maxParallel === 'number') body.maxParallel = user.maxParallel
      if (typeof user.python === 'string') body.python = user.python
      if (Object.keys(body).length === 0) return
      const session = await secxops.session()
      await session.ready()
      await session.client.call('settings.update', { body })
    }
    void Promise.all([registry.load(ID), app.restored]).then(([settings]) => {
      carry(settings.user).catch(console.warn)
      settings.changed.connect(() => void carry(settings.user).catch(console.warn))
    })
  },
}
