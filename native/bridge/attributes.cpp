// The IMFAttributes functions of mfvcam.h.
#include <mfapi.h>
#include <mferror.h>

#include <cstring>
#include <string>
#include <vector>

#include "c_api.h"
#include "lock.h"
#include "mfvcam.h"
#include "virtual_camera.h"

using mfvcam::clear;
using mfvcam::VirtualCamera;
using mfvcam::with;

namespace {

constexpr HRESULT kTooSmall = HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);

// Runs call(IMFAttributes&) on the store of a camera.
template <class F>
HRESULT with_store(mfvcam_handle camera, F&& call) noexcept {
    return with<VirtualCamera>(camera, [&](VirtualCamera& it) {
        return it.with_camera([&](IMFAttributes& store) { return call(store); });
    });
}

// The same, for the value of a key.
template <class F>
HRESULT with_key(mfvcam_handle camera, const GUID* key, F&& call) noexcept {
    return key != nullptr ? with_store(camera, call) : E_POINTER;
}

// For values of a fixed size: get is the method of IMFAttributes.
template <class T>
HRESULT get_value(mfvcam_handle camera, const GUID* key, T* value,
                  HRESULT (STDMETHODCALLTYPE IMFAttributes::*get)(REFGUID, T*)) noexcept {
    clear(value);
    if (value == nullptr) {
        return E_POINTER;
    }
    T found{};
    const HRESULT hr =
        with_key(camera, key, [&](IMFAttributes& store) { return (store.*get)(*key, &found); });
    if (SUCCEEDED(hr)) {
        *value = found;
    }
    return hr;
}

// The size is asked for and the value read under the store's lock: it cannot grow in between.
class StoreLock {
 public:
    explicit StoreLock(IMFAttributes& store) noexcept : store_(store), hr_(store.LockStore()) {}
    ~StoreLock() {
        if (SUCCEEDED(hr_)) {
            store_.UnlockStore();
        }
    }
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;

    [[nodiscard]] HRESULT result() const noexcept { return hr_; }

 private:
    IMFAttributes& store_;
    HRESULT hr_;
};

// What no store holds, and no array of Java's: a bigger number is not believed.
constexpr UINT64 kMostBytes = INT32_MAX;

HRESULT checked(UINT64 count, std::size_t size_of_one) noexcept {
    return count <= kMostBytes / size_of_one ? S_OK : HRESULT_FROM_WIN32(ERROR_INVALID_DATA);
}

// For strings and blobs. terminator: what get writes beyond the size.
template <class T>
HRESULT get_array(mfvcam_handle camera, const GUID* key, T* buffer, UINT32 capacity,
                  UINT32 terminator, UINT32* size,
                  HRESULT (STDMETHODCALLTYPE IMFAttributes::*get_size)(REFGUID, UINT32*),
                  HRESULT (STDMETHODCALLTYPE IMFAttributes::*get)(REFGUID, T*, UINT32,
                                                                  UINT32*)) noexcept {
    clear(size);
    if (size == nullptr || (buffer == nullptr && capacity != 0)) {
        return E_POINTER;
    }
    return with_key(camera, key, [&](IMFAttributes& store) {
        const StoreLock lock(store);
        UINT32 found = 0;
        HRESULT hr = lock.result();
        if (SUCCEEDED(hr)) {
            hr = (store.*get_size)(*key, &found);
        }
        const UINT64 needed = UINT64{found} + terminator;
        if (SUCCEEDED(hr)) {
            hr = checked(needed, sizeof(T));
        }
        if (SUCCEEDED(hr) && needed != 0) {
            hr = needed > capacity ? kTooSmall : (store.*get)(*key, buffer, capacity, nullptr);
        }
        if (SUCCEEDED(hr) || hr == kTooSmall) {
            *size = found;
        }
        return hr;
    });
}

// Two interface pointers may differ and be one object's all the same.
bool same_object(IMFAttributes& one, IMFAttributes& other) noexcept {
    const mfvcam::ComPtr<IUnknown> first = mfvcam::ComPtr<IMFAttributes>(&one).as<IUnknown>();
    const mfvcam::ComPtr<IUnknown> second = mfvcam::ComPtr<IMFAttributes>(&other).as<IUnknown>();
    return &one == &other || (first && first.get() == second.get());
}

// Media Foundation locks one store, then the other: the same two the other way round at the same
// time would wait for each other for good. The one lock that is held in a call to something
// outside, which calls nothing back.
constinit mfvcam::Lock two_stores_lock;

// What is compared: a PROPVARIANT over the caller's bytes, with nothing to be freed. Throws
// std::bad_alloc.
class Value {
 public:
    HRESULT read(UINT32 type, const void* bytes, UINT32 size) {
        variant_.vt = static_cast<VARTYPE>(type);
        switch (type) {
            case MFVCAM_ATTRIBUTE_UINT32:
                return copy(bytes, size, variant_.ulVal);
            case MFVCAM_ATTRIBUTE_UINT64:
                return copy(bytes, size, variant_.uhVal);
            case MFVCAM_ATTRIBUTE_DOUBLE:
                return copy(bytes, size, variant_.dblVal);
            case MFVCAM_ATTRIBUTE_GUID:
                variant_.puuid = &guid_;
                return copy(bytes, size, guid_);
            case MFVCAM_ATTRIBUTE_STRING:
                if (size % sizeof(wchar_t) != 0) {
                    return E_INVALIDARG;
                }
                text_.resize(size / sizeof(wchar_t));
                if (size != 0) {
                    std::memcpy(text_.data(), bytes, size);
                }
                if (!text_.empty() && text_.back() == L'\0') {
                    text_.pop_back();
                }
                // Media Foundation would compare what is before it.
                if (text_.find(L'\0') != std::wstring::npos) {
                    return E_INVALIDARG;
                }
                variant_.pwszVal = text_.data();
                return S_OK;
            case MFVCAM_ATTRIBUTE_BLOB:
                // Never null, as in mfvcam_set_blob.
                blob_.resize(std::size_t{size} + 1);
                if (size != 0) {
                    std::memcpy(blob_.data(), bytes, size);
                }
                variant_.caub = {size, blob_.data()};
                return S_OK;
            default:
                return E_INVALIDARG;
        }
    }

    [[nodiscard]] const PROPVARIANT& variant() const noexcept { return variant_; }

 private:
    template <class T>
    static HRESULT copy(const void* bytes, UINT32 size, T& value) noexcept {
        if (size != sizeof(T)) {
            return E_INVALIDARG;
        }
        std::memcpy(&value, bytes, sizeof(T));
        return S_OK;
    }

    PROPVARIANT variant_{};
    GUID guid_{};
    std::wstring text_;
    std::vector<BYTE> blob_;
};

}  // namespace

HRESULT MFVCAM_CALL mfvcam_get_item_type(mfvcam_handle camera, const GUID* key, UINT32* type) {
    clear(type);
    if (type == nullptr) {
        return E_POINTER;
    }
    auto found = MF_ATTRIBUTE_IUNKNOWN;
    const HRESULT hr = with_key(
        camera, key, [&](IMFAttributes& store) { return store.GetItemType(*key, &found); });
    if (SUCCEEDED(hr)) {
        *type = static_cast<UINT32>(found);
    }
    return hr;
}

HRESULT MFVCAM_CALL mfvcam_get_uint32(mfvcam_handle camera, const GUID* key, UINT32* value) {
    return get_value(camera, key, value, &IMFAttributes::GetUINT32);
}

HRESULT MFVCAM_CALL mfvcam_get_uint64(mfvcam_handle camera, const GUID* key, UINT64* value) {
    return get_value(camera, key, value, &IMFAttributes::GetUINT64);
}

HRESULT MFVCAM_CALL mfvcam_get_double(mfvcam_handle camera, const GUID* key, double* value) {
    return get_value(camera, key, value, &IMFAttributes::GetDouble);
}

HRESULT MFVCAM_CALL mfvcam_get_guid(mfvcam_handle camera, const GUID* key, GUID* value) {
    return get_value(camera, key, value, &IMFAttributes::GetGUID);
}

HRESULT MFVCAM_CALL mfvcam_get_string(mfvcam_handle camera, const GUID* key, wchar_t* buffer,
                                      UINT32 capacity, UINT32* length) {
    return get_array(camera, key, buffer, capacity, 1, length, &IMFAttributes::GetStringLength,
                     &IMFAttributes::GetString);
}

HRESULT MFVCAM_CALL mfvcam_get_blob(mfvcam_handle camera, const GUID* key, void* buffer,
                                    UINT32 capacity, UINT32* size) {
    return get_array(camera, key, static_cast<UINT8*>(buffer), capacity, 0, size,
                     &IMFAttributes::GetBlobSize, &IMFAttributes::GetBlob);
}

HRESULT MFVCAM_CALL mfvcam_set_uint32(mfvcam_handle camera, const GUID* key, UINT32 value) {
    return with_key(camera, key,
                    [&](IMFAttributes& store) { return store.SetUINT32(*key, value); });
}

HRESULT MFVCAM_CALL mfvcam_set_uint64(mfvcam_handle camera, const GUID* key, UINT64 value) {
    return with_key(camera, key,
                    [&](IMFAttributes& store) { return store.SetUINT64(*key, value); });
}

HRESULT MFVCAM_CALL mfvcam_set_double(mfvcam_handle camera, const GUID* key, double value) {
    return with_key(camera, key,
                    [&](IMFAttributes& store) { return store.SetDouble(*key, value); });
}

HRESULT MFVCAM_CALL mfvcam_set_guid(mfvcam_handle camera, const GUID* key, const GUID* value) {
    if (value == nullptr) {
        return E_POINTER;
    }
    return with_key(camera, key, [&](IMFAttributes& store) { return store.SetGUID(*key, *value); });
}

HRESULT MFVCAM_CALL mfvcam_set_string(mfvcam_handle camera, const GUID* key, const wchar_t* value) {
    if (value == nullptr) {
        return E_POINTER;
    }
    return with_key(camera, key,
                    [&](IMFAttributes& store) { return store.SetString(*key, value); });
}

HRESULT MFVCAM_CALL mfvcam_set_blob(mfvcam_handle camera, const GUID* key, const void* value,
                                    UINT32 size) {
    if (value == nullptr && size != 0) {
        return E_POINTER;
    }
    return with_key(camera, key, [&](IMFAttributes& store) {
        // Never null: what SetBlob does with a null of 0 bytes is not documented.
        static constexpr UINT8 nothing = 0;
        const auto* bytes = value != nullptr ? static_cast<const UINT8*>(value) : &nothing;
        return store.SetBlob(*key, bytes, size);
    });
}

HRESULT MFVCAM_CALL mfvcam_delete_item(mfvcam_handle camera, const GUID* key) {
    return with_key(camera, key, [&](IMFAttributes& store) { return store.DeleteItem(*key); });
}

HRESULT MFVCAM_CALL mfvcam_delete_all_items(mfvcam_handle camera) {
    return with_store(camera, [](IMFAttributes& store) { return store.DeleteAllItems(); });
}

HRESULT MFVCAM_CALL mfvcam_get_keys(mfvcam_handle camera, GUID* keys, UINT32 capacity,
                                    UINT32* count) {
    clear(count);
    if (count == nullptr || (keys == nullptr && capacity != 0)) {
        return E_POINTER;
    }
    return with_store(camera, [&](IMFAttributes& store) {
        const StoreLock lock(store);
        UINT32 found = 0;
        HRESULT hr = lock.result();
        if (SUCCEEDED(hr)) {
            hr = store.GetCount(&found);
        }
        if (SUCCEEDED(hr)) {
            hr = checked(found, sizeof(GUID));
        }
        for (UINT32 index = 0; SUCCEEDED(hr) && index < found && index < capacity; ++index) {
            hr = store.GetItemByIndex(index, &keys[index], nullptr);
        }
        if (SUCCEEDED(hr)) {
            *count = found;
        }
        return SUCCEEDED(hr) && found > capacity ? kTooSmall : hr;
    });
}

HRESULT MFVCAM_CALL mfvcam_compare(mfvcam_handle camera, mfvcam_handle other, UINT32 match,
                                   BOOL* result) {
    clear(result);
    if (result == nullptr) {
        return E_POINTER;
    }
    if (match > MF_ATTRIBUTES_MATCH_SMALLER) {
        return E_INVALIDARG;
    }
    BOOL same = FALSE;
    const HRESULT hr = with_store(other, [&](IMFAttributes& their_store) {
        return with_store(camera, [&](IMFAttributes& store) {
            const mfvcam::LockGuard guard(two_stores_lock);
            return store.Compare(&their_store, static_cast<MF_ATTRIBUTES_MATCH_TYPE>(match), &same);
        });
    });
    if (SUCCEEDED(hr)) {
        *result = same;
    }
    return hr;
}

HRESULT MFVCAM_CALL mfvcam_compare_item(mfvcam_handle camera, const GUID* key, UINT32 type,
                                        const void* value, UINT32 size, BOOL* result) {
    clear(result);
    if (result == nullptr || (value == nullptr && size != 0)) {
        return E_POINTER;
    }
    return mfvcam::guarded([&] {
        Value compared;
        BOOL same = FALSE;
        HRESULT hr = compared.read(type, value, size);
        if (SUCCEEDED(hr)) {
            hr = with_key(camera, key, [&](IMFAttributes& store) {
                return store.CompareItem(*key, compared.variant(), &same);
            });
        }
        if (SUCCEEDED(hr)) {
            *result = same;
        }
        return hr;
    });
}

HRESULT MFVCAM_CALL mfvcam_copy_all_items(mfvcam_handle camera, mfvcam_handle destination) {
    return with_store(destination, [&](IMFAttributes& their_store) {
        return with_store(camera, [&](IMFAttributes& store) {
            // The destination is emptied first: a copy to itself would lose everything.
            if (same_object(store, their_store)) {
                return S_OK;
            }
            const mfvcam::LockGuard guard(two_stores_lock);
            return store.CopyAllItems(&their_store);
        });
    });
}
