import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { IDocumentManager } from '@jupyterlab/docmanager'
import { IFileBrowserFactory } from '@jupyterlab/filebrowser'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { CATEGORY, COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'
import { DocumentFactory } from '../ui/document-factory.ts'
import { experimentIcon } from '../ui/icons.ts'
import { openDocuments } from '../ui/open-documents.ts'

const SPACE = 'secxops-space'
const EXPERIMENT = 'secxops-experiment'

/** `search_space.json` and `NAME.experiment.yaml` open as form and text; new experiments; NNI's own files run as they are. */
export const experimentsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:experiments',
  description: 'Opens search spaces and experiments as forms, and makes new experiments.',
  autoStart: true,
  requires: [ISecxops, IDocumentManager],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    documents: IDocumentManager,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    browsers: IFileBrowserFactory | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const words = {
      loading: trans.__('Loading…'),
      failed: trans.__('The form could not be loaded.'),
      retry: trans.__('Try again'),
    }
    app.docRegistry.addFileType({
      name: SPACE,
      displayName: trans.__('Search space'),
      pattern: '^(.*[._-])?search[_-]space\\.(json|ya?ml)$',
      mimeTypes: ['application/json'],
      contentType: 'file',
      fileFormat: 'text',
      icon: experimentIcon,
    })
    app.docRegistry.addFileType({
      name: EXPERIMENT,
      displayName: trans.__('Experiment'),
      extensions: ['.experiment.yaml', '.experiment.yml'],
      mimeTypes: ['text/x-yaml'],
      contentType: 'file',
      fileFormat: 'text',
      icon: experimentIcon,
    })
    const register = (kind: 'space' | 'experiment', label: string, own: string, others: string[]): void => {
      const name = kind === 'space' ? 'Search space' : 'Experiment'
      const factory = new DocumentFactory(
        { name, label, modelName: 'text', fileTypes: [own, ...others], defaultFor: [own] },
        experimentIcon,
        async (element, context) => {
          const { mountDocument } = await import('../experiments/mount-document.ts')
          return mountDocument(element, kind, { context, secxops, documents })
        },
        words,
      )
      openDocuments(app, restorer, factory, `secxops-${kind}`)
    }
    register('space', trans.__('Search space'), SPACE, ['json', 'yaml'])
    register('experiment', trans.__('Experiment'), EXPERIMENT, [])

    /** Contents path that is meant: the argument, else what is selected in the file browser, else the current tab. */
    const meant = (args: { path?: unknown; selected?: unknown }): string | undefined => {
      if (typeof args.path === 'string') return args.path
      const selected = browsers?.tracker.currentWidget?.selectedItems().next().value?.path
      if (args.selected === true) return selected
      const { context } = (app.shell.currentWidget ?? {}) as { context?: { path?: unknown } }
      return typeof context?.path === 'string' ? context.path : selected
    }
    const withPath = async (
      args: { path?: unknown; selected?: unknown },
      work: 'newExperiment' | 'runExperiment',
    ): Promise<void> => {
      const path = meant(args)
      const [actions, host, { paths }] = await Promise.all([
        import('@secxops/panels/experiment-editor/start-experiment'),
        secxops.host('experiments'),
        secxops.session(),
      ])
      if (path !== undefined) await actions[work](host, paths.absolute(path))
    }
    const describedBy = {
      args: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'contents path; default: the current tab' },
          selected: { type: 'boolean', description: 'take what is selected in the file browser' },
        },
      },
    }
    app.commands.addCommand(COMMANDS.newExperiment, {
      label: trans.__('New experiment…'),
      caption: trans.__('Search the parameters of a module, notebook, script or folder, or learn from a table'),
      icon: experimentIcon,
      describedBy,
      execute: (args) => withPath(args, 'newExperiment'),
    })
    app.commands.addCommand(COMMANDS.runExperiment, {
      label: trans.__('Run as experiment'),
      caption: trans.__('Run an experiment file, or a config.yml of NNI as it is'),
      icon: experimentIcon,
      describedBy,
      isVisible: (args) => /\.ya?ml$/.test(meant(args) ?? ''),
      execute: (args) => withPath(args, 'runExperiment'),
    })
    for (const command of [COMMANDS.newExperiment, COMMANDS.runExperiment])
      palette?.addItem({ command, category: CATEGORY })
  },
}
