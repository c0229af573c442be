/**
 * Python code (3.8 or newer) that prints one line of JSON: for each imported name the installed distribution that provides it and
 * its version, `[{"module": "cv2", "distribution": "opencv-python", "version": "4.10.0"}]`; names that nothing provides
 * are left out. It imports nothing of the user and leaves no name behind, so that it can run silently in a live kernel.
 */
export function liveImportsCode(modules: string[]): string {
  const wanted = modules.filter((name) => /^[A-Za-z_]\w*$/.test(name))
  return `def __secxops_imports(wanted):
    import json, sys
    from importlib import metadata
    found = {}
    for distribution in metadata.distributions():
        try:
            name = distribution.metadata["Name"]
            tops = (distribution.read_text("top_level.txt") or "").split()
            if not tops:
                tops = {str(file).split("/")[0].split(".")[0] for file in distribution.files or []
                        if str(file).endswith((".py", ".so", ".pyd")) and not str(file).startswith("..")}
            for top in tops:
                if name and top in wanted:
                    found.setdefault(top, []).append((name, distribution.version))
        except Exception:
            continue
    plain = lambda text: text.lower().replace("_", "-").replace(".", "-")
    answers = []
    for module, offers in found.items():
        name, version = min(offers, key=lambda offer: (plain(offer[0]) != plain(module), len(offer[0]), offer[0]))
        answers.append({"module": module, "distribution": name, "version": version})
    sys.stdout.write(json.dumps(answers) + "\\n")
__secxops_imports(${JSON.stringify(wanted)})
del __secxops_imports
`
}
