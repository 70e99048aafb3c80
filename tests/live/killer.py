# SPDX-License-Identifier: Apache-2.0
"""A stage for exec: kills the process that it works for at a document whose text is "kill", or stops the process that it is given
when it sees the last of a hundred documents."""
import json
import os
import signal
import sys

for line in sys.stdin:
    document = json.loads(line)
    if document["text"] == "kill":
        os.kill(os.getppid(), signal.SIGKILL)
        sys.exit()
    if len(sys.argv) > 1 and document["id"] == "d99":
        os.kill(int(sys.argv[1]), signal.SIGSTOP)
    print(json.dumps({"id": document["id"]}), flush=True)
