// The thirty methods of IMFAttributes that other interfaces begin with, by a store of Media
// Foundation's own.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include "com_ptr.h"
#include "plain_calls.h"

namespace mfvcam {

// store_ is the derived class's to fill before anyone can call. Calls: how, as PlainCalls.
template <typename Interface, typename Calls = PlainCalls>
class ForwardedAttributes : public Interface {
 public:
    STDMETHODIMP GetItem(REFGUID key, PROPVARIANT* value) noexcept override {
        return forward("IMFAttributes::GetItem", &IMFAttributes::GetItem, key, value);
    }
    STDMETHODIMP GetItemType(REFGUID key, MF_ATTRIBUTE_TYPE* type) noexcept override {
        return forward("IMFAttributes::GetItemType", &IMFAttributes::GetItemType, key, type);
    }
    STDMETHODIMP CompareItem(REFGUID key, REFPROPVARIANT value, BOOL* result) noexcept override {
        return forward("IMFAttributes::CompareItem", &IMFAttributes::CompareItem, key, value,
                       result);
    }
    STDMETHODIMP Compare(IMFAttributes* theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                         BOOL* result) noexcept override {
        return forward("IMFAttributes::Compare", &IMFAttributes::Compare, theirs, match, result);
    }
    STDMETHODIMP GetUINT32(REFGUID key, UINT32* value) noexcept override {
        return forward("IMFAttributes::GetUINT32", &IMFAttributes::GetUINT32, key, value);
    }
    STDMETHODIMP GetUINT64(REFGUID key, UINT64* value) noexcept override {
        return forward("IMFAttributes::GetUINT64", &IMFAttributes::GetUINT64, key, value);
    }
    STDMETHODIMP GetDouble(REFGUID key, double* value) noexcept override {
        return forward("IMFAttributes::GetDouble", &IMFAttributes::GetDouble, key, value);
    }
    STDMETHODIMP GetGUID(REFGUID key, GUID* value) noexcept override {
        return forward("IMFAttributes::GetGUID", &IMFAttributes::GetGUID, key, value);
    }
    STDMETHODIMP GetStringLength(REFGUID key, UINT32* length) noexcept override {
        return forward("IMFAttributes::GetStringLength", &IMFAttributes::GetStringLength, key,
                       length);
    }
    STDMETHODIMP GetString(REFGUID key, LPWSTR buffer, UINT32 size,
                           UINT32* length) noexcept override {
        return forward("IMFAttributes::GetString", &IMFAttributes::GetString, key, buffer, size,
                       length);
    }
    STDMETHODIMP GetAllocatedString(REFGUID key, LPWSTR* string, UINT32* length) noexcept override {
        clear(string);
        return forward("IMFAttributes::GetAllocatedString", &IMFAttributes::GetAllocatedString, key,
                       string, length);
    }
    STDMETHODIMP GetBlobSize(REFGUID key, UINT32* size) noexcept override {
        return forward("IMFAttributes::GetBlobSize", &IMFAttributes::GetBlobSize, key, size);
    }
    STDMETHODIMP GetBlob(REFGUID key, UINT8* buffer, UINT32 capacity,
                         UINT32* size) noexcept override {
        return forward("IMFAttributes::GetBlob", &IMFAttributes::GetBlob, key, buffer, capacity,
                       size);
    }
    STDMETHODIMP GetAllocatedBlob(REFGUID key, UINT8** buffer, UINT32* size) noexcept override {
        clear(buffer);
        return forward("IMFAttributes::GetAllocatedBlob", &IMFAttributes::GetAllocatedBlob, key,
                       buffer, size);
    }
    STDMETHODIMP GetUnknown(REFGUID key, REFIID iid, LPVOID* object) noexcept override {
        clear(object);
        return forward("IMFAttributes::GetUnknown", &IMFAttributes::GetUnknown, key, iid, object);
    }
    STDMETHODIMP SetItem(REFGUID key, REFPROPVARIANT value) noexcept override {
        return forward("IMFAttributes::SetItem", &IMFAttributes::SetItem, key, value);
    }
    STDMETHODIMP DeleteItem(REFGUID key) noexcept override {
        return forward("IMFAttributes::DeleteItem", &IMFAttributes::DeleteItem, key);
    }
    STDMETHODIMP DeleteAllItems() noexcept override {
        return forward("IMFAttributes::DeleteAllItems", &IMFAttributes::DeleteAllItems);
    }
    STDMETHODIMP SetUINT32(REFGUID key, UINT32 value) noexcept override {
        return forward("IMFAttributes::SetUINT32", &IMFAttributes::SetUINT32, key, value);
    }
    STDMETHODIMP SetUINT64(REFGUID key, UINT64 value) noexcept override {
        return forward("IMFAttributes::SetUINT64", &IMFAttributes::SetUINT64, key, value);
    }
    STDMETHODIMP SetDouble(REFGUID key, double value) noexcept override {
        return forward("IMFAttributes::SetDouble", &IMFAttributes::SetDouble, key, value);
    }
    STDMETHODIMP SetGUID(REFGUID key, REFGUID value) noexcept override {
        return forward("IMFAttributes::SetGUID", &IMFAttributes::SetGUID, key, value);
    }
    STDMETHODIMP SetString(REFGUID key, LPCWSTR value) noexcept override {
        return forward("IMFAttributes::SetString", &IMFAttributes::SetString, key, value);
    }
    STDMETHODIMP SetBlob(REFGUID key, const UINT8* buffer, UINT32 size) noexcept override {
        return forward("IMFAttributes::SetBlob", &IMFAttributes::SetBlob, key, buffer, size);
    }
    STDMETHODIMP SetUnknown(REFGUID key, IUnknown* unknown) noexcept override {
        return forward("IMFAttributes::SetUnknown", &IMFAttributes::SetUnknown, key, unknown);
    }
    STDMETHODIMP LockStore() noexcept override {
        return forward("IMFAttributes::LockStore", &IMFAttributes::LockStore);
    }
    STDMETHODIMP UnlockStore() noexcept override {
        return forward("IMFAttributes::UnlockStore", &IMFAttributes::UnlockStore);
    }
    STDMETHODIMP GetCount(UINT32* items) noexcept override {
        return forward("IMFAttributes::GetCount", &IMFAttributes::GetCount, items);
    }
    STDMETHODIMP GetItemByIndex(UINT32 index, GUID* key, PROPVARIANT* value) noexcept override {
        return forward("IMFAttributes::GetItemByIndex", &IMFAttributes::GetItemByIndex, index, key,
                       value);
    }
    STDMETHODIMP CopyAllItems(IMFAttributes* destination) noexcept override {
        return forward("IMFAttributes::CopyAllItems", &IMFAttributes::CopyAllItems, destination);
    }

 protected:
    ForwardedAttributes() noexcept = default;
    ~ForwardedAttributes() = default;

    // S_OK, or the code that everything answers.
    virtual HRESULT usable() noexcept { return S_OK; }

    ComPtr<IMFAttributes> store_;

 private:
    template <typename Method, typename... Arguments>
    HRESULT forward(const char* name, Method method, const Arguments&... arguments) noexcept {
        return Calls::call(
            this, name,
            [&] {
                const HRESULT hr = usable();
                return SUCCEEDED(hr) ? (store_.get()->*method)(arguments...) : hr;
            },
            arguments...);
    }

    template <typename T>
    static void clear(T** out) noexcept {
        if (out != nullptr) {
            *out = nullptr;
        }
    }
};

}  // namespace mfvcam
