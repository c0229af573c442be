import click
import polars as pl

@click.command()
@click.option("--window", "-w", default=60, help="seconds")
@click.option("--level", type=click.Choice(["low", "high"]), default="low")
@click.option("--ratio", type=click.FloatRange(0, 1), default=0.5)
@click.option("--dry-run", is_flag=True)
@click.option("--name", required=True)
@click.argument("events", type=click.Path(exists=True))
@click.argument("result", type=click.Path())
def main(window, level, ratio, dry_run, name, events, result):
    pl.read_csv(events).head(window).write_parquet(result)

if __name__ == "__main__":
    main()
