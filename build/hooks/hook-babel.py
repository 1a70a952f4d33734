"""python-liquid imports it, for what no template of ours uses: without the words of eight hundred languages."""
