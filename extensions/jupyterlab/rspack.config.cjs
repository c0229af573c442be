// What the builder of JupyterLab does not know by itself: our sources are TypeScript and are compiled on the way.
module.exports = {
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
            target: 'es2022',
          },
        },
        type: 'javascript/auto',
      },
    ],
  },
  resolve: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  // Short numbers: the remote entry, which every page loads, lists all chunks.
  optimization: { chunkIds: 'deterministic' },
  performance: { hints: false },
}
