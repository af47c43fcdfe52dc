# Writes small HDF5 files of the ways in which h5py can keep arrays, and the values that must be found in them.
# Usage: python write.py FOLDER (h5py 3.7, HDF5 1.10)
import h5py, json, numpy as np, os, struct, sys
out = sys.argv[1]
rng = np.random.default_rng(7)
def f(name, **k): return h5py.File(os.path.join(out, name), "w", **k)
a = rng.standard_normal((13, 7)).astype("f4")
def layouts(h):
    h.create_dataset("contiguous", data=a)
    h.create_dataset("chunks", data=a, chunks=(4, 3))
    h.create_dataset("gzip", data=a, chunks=(4, 3), compression="gzip")
    h.create_dataset("shuffle", data=a, chunks=(5, 7), compression="gzip", shuffle=True)
    h.create_dataset("one_chunk", data=a, chunks=(13, 7), compression="gzip", shuffle=True)
    h.create_dataset("one_plain_chunk", data=a, chunks=(13, 7))
    h.create_dataset("big", data=a.astype(">f4"))
    h.create_dataset("f2", data=a.astype("f2"))
    h.create_dataset("f8", data=a.astype(">f8"))
    h.create_dataset("vector", data=a[:, 0])
    for t in ("i1", "u1", "<i2", ">u2", ">i4", "<u4", "<i8", ">u8"):
        h.create_dataset(t.replace("<", "l").replace(">", "b"), data=np.array([[0, 1, 2], [100, 50, 127]]).astype(t))
    h.create_dataset("negative", data=np.array([-1, -128], "i1"))
    h.create_dataset("bool", data=np.array([True, False, True]))
    h.create_dataset("scalar", data=np.float32(2.5))
    h.create_dataset("none", data=np.zeros((0, 5), "f4"))
    h.create_dataset("empty", data=h5py.Empty("f4"))
    h.create_dataset("text", data="not a tensor")
    h.create_dataset("complex", data=np.array([1 + 2j]))
    bits = np.array([0x7fc12345, 0xff800001, 0x80000000, 1, 0x7f800000], "<u4").view("<f4")
    h.create_dataset("bits", data=bits)
    d = h.create_dataset("bf16", data=np.array([0x3f80, 0xc000], "<u2").view("V2"))
    d.attrs["dtype"] = "bfloat16"
    h["soft"] = h5py.SoftLink("/contiguous")
    h["outside"] = h5py.ExternalLink("other.h5", "/x")
    h.attrs["keras_version"] = "3.1.0"
    h.attrs["backend"] = np.bytes_("jax")
    h.attrs["number"] = 5
    h.attrs["layer_names"] = []
for name, k in (("layouts", {}), ("layouts_latest", dict(libver="latest")), ("layouts_user_block", dict(userblock_size=1024))):
    with f(name + ".h5", **k) as h: layouts(h)
# Many links and attributes, in the order in which they are made: heaps and trees.
with f("many.h5", track_order=True) as h:
    for k in range(60):
        g = h.create_group("layers/dense_%d/vars" % (59 - k), track_order=True)
        g.create_dataset("0", data=np.full((2,), k, "f4"), track_order=True)
    for k in range(40): h.attrs["a%d" % k] = "text %d" % k
    h.attrs["keras_version"] = "3.9.0"
    h.attrs["model_config"] = "x" * 9000
with f("many_latest.h5", libver="latest") as h:
    for k in range(40): h.create_dataset("d%d" % k, data=np.full((3,), k, "i2"))
    for k in range(20): h.attrs["a%d" % k] = ["one", "two %d" % k]
# Lists of names longer than an attribute may be, cut as Keras cuts them.
with f("cut_names.h5") as h:
    h.attrs["layer_names0"] = np.array([b"one", b"two"]); h.attrs["layer_names1"] = np.array([b"three"])
    for l in ("one", "two", "three"):
        g = h.create_group(l)
        g.attrs["weight_names0"] = np.array([l.encode() + b"/kernel:0"]); g.attrs["weight_names1"] = [l + "/bias:0"]
        g.create_dataset(l + "/kernel:0", data=np.ones((2, 2), "f4")); g.create_dataset(l + "/bias:0", data=np.ones((2,), "f4"))
with f("extensible.h5", libver="latest") as h: h.create_dataset("x", data=a, chunks=(4, 3), maxshape=(None, 7))
with f("lzf.h5") as h: h.create_dataset("x", data=a, compression="lzf")
with f("unwritten.h5") as h: h.create_dataset("x", shape=(1000, 1000), dtype="f4")
with f("hard_link.h5") as h:
    h.create_dataset("x", data=a); h["y"] = h["x"]
with f("circle.h5") as h:
    g = h.create_group("g"); g["self"] = g
with f("paged.h5", libver="latest") as h: h.create_dataset("x", data=np.arange(2100, dtype="f4"), chunks=(2,))
with f("long_double.h5") as h: h.create_dataset("x", data=np.ones(3, np.longdouble))
with f("bomb.h5") as h: h.create_dataset("x", data=np.zeros((2000, 12500), "f4"), chunks=(20, 12500), compression="gzip", compression_opts=9)
with f("deep.h5") as h: h.create_group("/".join(["g"] * 70))

# What must be found, as float32, in safetensors.
for name in ("layouts", "many", "many_latest", "cut_names"):
    found = {}
    def visit(path, d):
        if isinstance(d, h5py.Dataset) and d.shape is not None and d.dtype.kind in "fiub":
            found[path] = d[()] if d.dtype.itemsize == 4 and d.dtype.kind == "f" else d[()].astype("<f4")
    with h5py.File(os.path.join(out, name + ".h5")) as h:
        if name == "many": h["layers"].visititems(lambda p, d: visit("layers/" + p, d))
        else: h.visititems(visit)
    if name == "layouts": found["bf16"] = np.array([1, -2], "<f4")
    header, data = {}, b""
    for path, d in found.items():
        d = np.asarray(d); b = d.astype("<f4").tobytes() if d.dtype.byteorder == ">" else d.tobytes()
        header[path] = {"dtype": "F32", "shape": list(d.shape), "data_offsets": [len(data), len(data) + len(b)]}
        data += b
    j = json.dumps(header).encode(); j += b" " * (-len(j) % 8)
    open(os.path.join(out, name + ".safetensors"), "wb").write(struct.pack("<Q", len(j)) + j + data)
