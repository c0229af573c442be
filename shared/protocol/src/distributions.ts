/** Distributions of well-known Python modules that are called otherwise; a guess, used only for what is not installed. */
export const KNOWN_DISTRIBUTIONS: Record<string, string> = {
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  dns: 'dnspython',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  fitz: 'PyMuPDF',
  git: 'GitPython',
  google: 'protobuf',
  jwt: 'PyJWT',
  magic: 'python-magic',
  nmap: 'python-nmap',
  OpenSSL: 'pyOpenSSL',
  PIL: 'pillow',
  pcapy: 'pcapy-ng',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  usb: 'pyusb',
  yaml: 'PyYAML',
  yara: 'yara-python',
  zmq: 'pyzmq',
}

/** Distribution to install for an import, as far as it can be told without asking a registry: most are named alike. */
export function distributionOf(imported: string): string {
  const top = imported.split('.')[0] ?? imported
  return KNOWN_DISTRIBUTIONS[top] ?? top.replaceAll('_', '-')
}
