import tldextract


def extract(url):
    return tldextract.extract(url)
