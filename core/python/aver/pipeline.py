# SPDX-License-Identifier: Apache-2.0
"""Pipelines: texts or files in, documents out."""
import collections
import concurrent.futures
import json
import os
import threading

from .document import Document
from .errors import Aver, Error, translated


def plugin_folder():
    """The folder that the plugins of the libaver in use are in."""
    return Aver.Registry.get_standard_folder()


def _setting(name, value):
    if isinstance(value, bool):
        value = "true" if value else "false"
    return f"{name}={value}"


def _metadata(native, entries):
    for key, value in entries.items():
        plain = isinstance(value, str)
        native.set_metadata(key, value if plain else json.dumps(value, ensure_ascii=False, sort_keys=True), not plain)


def _parts(item):
    """The text, id and metadata of what process() was given."""
    if isinstance(item, str):
        return item, "", {}
    if isinstance(item, dict):
        return item["text"], item.get("id", ""), item.get("metadata", {})
    identity, text = item
    return text, identity, {}


class Pipeline:
    """A pipeline file, checked, with its annotators open.

    path     the file
    set      options that differ from the file's: {"quote-attributor.mode": "fast"}
    plugins  folders of plugins to search before the standard one

    An Error's `mistakes` are all that is wrong with the file. A pipeline may be used by any thread, one at a time (it has a lock);
    while libaver works, other threads of Python run.
    """

    def __init__(self, path, *, set=None, plugins=()):
        self.path = os.fspath(path)
        self._set = [_setting(name, value) for name, value in (set or {}).items()]
        self._plugins = [os.fspath(folder) for folder in plugins]
        self._lock = threading.Lock()
        self._native = self._open(None)

    def _open(self, inputs):
        with translated():
            return Aver.Pipeline.new(Aver.Registry.new_standard(self._plugins), self.path, inputs, self._set)

    @property
    def stages(self):
        """The names of the stages, the reader's first."""
        return self._native.list_stages()

    def _annotate(self, item):
        text, identity, metadata = _parts(item)
        if "\0" in identity:
            raise ValueError(f"a document's id has no NUL character: {identity!r}")
        with translated():
            native = Aver.Document.new_from_text(identity, text.encode())
            _metadata(native, metadata)
            with self._lock:
                verdict = self._native.process(native)
        return Document(native) if verdict == Aver.Verdict.KEEP else None

    def annotate(self, text, id="", metadata=None):
        """One text as a Document, or None when an annotator dropped it."""
        return self._annotate({"text": text, "id": id, "metadata": metadata or {}})

    def process(self, texts, *, workers=1, failed=None):
        """Documents of an iterable of texts, in its order, as they are asked for. One string is one text.

        texts    strings, pairs of an id and a string, or dicts with `text`, `id` and `metadata`
        workers  threads that work at once, each with a pipeline of its own
        failed   a list that takes (number of the text, Error) of those that failed; without it, the first one raises

        Documents that an annotator drops are left out.
        """
        texts = [texts] if isinstance(texts, str) else texts
        results = self._one_by_one(texts) if workers == 1 else self._at_once(texts, workers)
        for number, take in results:
            try:
                document = take()
            except Error as error:
                if failed is None:
                    raise
                failed.append((number, error))
                continue
            if document is not None:
                yield document

    def _one_by_one(self, texts):
        for number, item in enumerate(texts):
            yield number, lambda item=item: self._annotate(item)

    def _at_once(self, texts, workers):
        """A few texts more than there are workers are under way, however many there are."""
        crew = collections.deque([self] + [self._twin() for _ in range(workers - 1)])

        def work(item):
            pipeline = crew.pop()
            try:
                return pipeline._annotate(item)
            finally:
                crew.append(pipeline)

        under_way = collections.deque()
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            try:
                for number, item in enumerate(texts):
                    under_way.append((number, pool.submit(work, item).result))
                    if len(under_way) >= 4 * workers:
                        yield under_way.popleft()
                while under_way:
                    yield under_way.popleft()
            finally:
                pool.shutdown(cancel_futures=True)

    def _twin(self):
        twin = object.__new__(Pipeline)
        twin.__dict__.update(self.__dict__, _lock=threading.Lock(), _native=self._open(None))
        return twin

    def read(self, path, *more, failed=None):
        """Documents of files and folders, read by the pipeline's own reader, as `aver run` reads them.

        failed   a list that takes the Error of each that failed; without it, the first one raises
        """
        native = self._open([os.fspath(name) for name in (path, *more)])
        while True:
            try:
                with translated():
                    document = native.next()
            except Error as error:
                if failed is None:
                    raise
                failed.append(error)
                continue
            if document is None:
                return
            yield Document(document)

    def __repr__(self):
        return f"<Pipeline {self.path!r}: {' > '.join(self.stages)}>"
