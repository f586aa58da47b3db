"""One thread each for what counts in parallel, in this process and those it starts: tests run side by side already."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # numpy, torch and onnxruntime's; before any of them is imported
