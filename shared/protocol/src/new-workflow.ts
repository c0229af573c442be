/** Text of a new workflow file. */
export function newWorkflow(): string {
  return `# A workflow: modules that run one after another, or side by side.
# Edit it on the canvas or here as text; both show the same file.
apiVersion: secxops/v1
kind: Workflow

nodes: {}
`
}
