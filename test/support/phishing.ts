/** The workflow that the five-minute tour ends with. */
export const PHISHING_WORKFLOW = `apiVersion: secxops/v1
kind: Workflow
parameters:
  seed: {type: integer, default: 7}
nodes:
  prepare:
    module: ./prepare
    with: {seed: {parameter: seed}}
  train:
    module: ./train
    with: {seed: {parameter: seed}}
    inputs: {data: prepare.train}
  evaluate:
    module: ./evaluate
    inputs: {model: train.model, test: prepare.test}
outputs:
  model: {from: train.model, saveAs: phishing}
`
