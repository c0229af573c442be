// Milvus' client is large and seldom needed: a file of its own in the bundle, loaded by the first use.
export { DataType, MilvusClient } from '@zilliz/milvus2-sdk-node'
