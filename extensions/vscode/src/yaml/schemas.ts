import { Uri, workspace } from 'vscode'
import { SchemaGuide } from './schema.ts'

const guides = new Map<string, Promise<SchemaGuide>>()

/** The generated schema of a kind of file, as it comes with the extension. */
export function schemaGuide(extension: Uri, kind: 'workflow' | 'module'): Promise<SchemaGuide> {
  let guide = guides.get(kind)
  if (!guide) {
    const uri = Uri.joinPath(extension, 'dist', 'schemas', `${kind}.schema.json`)
    guide = Promise.resolve(workspace.fs.readFile(uri)).then(
      (bytes) => new SchemaGuide(JSON.parse(new TextDecoder().decode(bytes))),
    )
    guides.set(kind, guide)
  }
  return guide
}
