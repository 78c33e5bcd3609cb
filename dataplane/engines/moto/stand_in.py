"""A stand-in for AWS: moto's Glue catalog and S3, served on the loopback interface.

Jobs come as JSON lines on standard input; each is answered by a line on standard output, in order: {"ok": ...} or
{"error": "..."}. Calls go through boto3, which checks their parameters against AWS's own description of its API;
what they mean is moto's, which looks at little: it keeps whatever types and properties it is given.
"""

import json
import logging
import pathlib
import sys

REGION = "eu-central-1"
KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": REGION}


class Cloud:
    """One account with a Glue catalog and S3."""

    def __init__(self) -> None:
        """Serve on a port that the system gives."""
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        self.clients: dict[str, object] = {}

    def client(self, service: str) -> object:
        """The client of a service, made once."""
        import boto3

        if service not in self.clients:
            self.clients[service] = boto3.client(service, endpoint_url=self.url, **KEYS)
        return self.clients[service]

    def where(self) -> dict:
        """Where it is served, and for which region."""
        return {"url": self.url, "region": REGION}

    def call(self, service: str, operation: str, parameters: dict) -> dict:
        """One call of AWS's API; the operation is named as boto3 names it, `create_table`."""
        answer = getattr(self.client(service), operation)(**parameters)
        return {name: value for name, value in answer.items() if name != "ResponseMetadata"}

    def move(self, bucket: str, folder: str, keys: list[str]) -> None:
        """Put files of a folder into a bucket, each under its path in there."""
        for key in keys:
            path = pathlib.Path(folder) / key
            self.client("s3").put_object(Bucket=bucket, Key=key, Body=path.read_bytes())
            path.unlink()


def main() -> None:
    """Answer jobs until the input ends."""
    cloud = Cloud()
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer = {"ok": getattr(cloud, job.pop("do"))(**job)}
        except Exception as error:  # noqa: BLE001 whatever it is, the caller gets its words
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, default=str), flush=True)
    cloud.server.stop()


main()
