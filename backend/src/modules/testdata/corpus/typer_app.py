from typing import Annotated, Optional
import typer

def main(
    source: str,
    depth: int = 3,
    alpha: float = typer.Option(0.5, help="smoothing", min=0, max=1),
    label: Optional[str] = None,
    fast: bool = False,
    workers: Annotated[int, typer.Option("--jobs", help="processes")] = 2,
):
    print(open(source).read()[:depth])

if __name__ == "__main__":
    typer.run(main)
