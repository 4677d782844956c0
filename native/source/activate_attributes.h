// The thirty methods of IMFAttributes that IMFActivate begins with.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include "../abi/com_ptr.h"

namespace mfvcam::source {

// By an attribute store of Media Foundation's own, which Activate fills in before anyone can call.
class ActivateAttributes : public IMFActivate {
 public:
    STDMETHODIMP GetItem(REFGUID key, PROPVARIANT* value) noexcept override {
        return store_->GetItem(key, value);
    }
    STDMETHODIMP GetItemType(REFGUID key, MF_ATTRIBUTE_TYPE* type) noexcept override {
        return store_->GetItemType(key, type);
    }
    STDMETHODIMP CompareItem(REFGUID key, REFPROPVARIANT value, BOOL* result) noexcept override {
        return store_->CompareItem(key, value, result);
    }
    STDMETHODIMP Compare(IMFAttributes* theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                         BOOL* result) noexcept override {
        return store_->Compare(theirs, match, result);
    }
    STDMETHODIMP GetUINT32(REFGUID key, UINT32* value) noexcept override {
        return store_->GetUINT32(key, value);
    }
    STDMETHODIMP GetUINT64(REFGUID key, UINT64* value) noexcept override {
        return store_->GetUINT64(key, value);
    }
    STDMETHODIMP GetDouble(REFGUID key, double* value) noexcept override {
        return store_->GetDouble(key, value);
    }
    STDMETHODIMP GetGUID(REFGUID key, GUID* value) noexcept override {
        return store_->GetGUID(key, value);
    }
    STDMETHODIMP GetStringLength(REFGUID key, UINT32* length) noexcept override {
        return store_->GetStringLength(key, length);
    }
    STDMETHODIMP GetString(REFGUID key, LPWSTR value, UINT32 capacity,
                           UINT32* length) noexcept override {
        return store_->GetString(key, value, capacity, length);
    }
    STDMETHODIMP GetAllocatedString(REFGUID key, LPWSTR* value, UINT32* length) noexcept override {
        return store_->GetAllocatedString(key, value, length);
    }
    STDMETHODIMP GetBlobSize(REFGUID key, UINT32* size) noexcept override {
        return store_->GetBlobSize(key, size);
    }
    STDMETHODIMP GetBlob(REFGUID key, UINT8* value, UINT32 capacity,
                         UINT32* size) noexcept override {
        return store_->GetBlob(key, value, capacity, size);
    }
    STDMETHODIMP GetAllocatedBlob(REFGUID key, UINT8** value, UINT32* size) noexcept override {
        return store_->GetAllocatedBlob(key, value, size);
    }
    STDMETHODIMP GetUnknown(REFGUID key, REFIID iid, LPVOID* object) noexcept override {
        return store_->GetUnknown(key, iid, object);
    }
    STDMETHODIMP SetItem(REFGUID key, REFPROPVARIANT value) noexcept override {
        return store_->SetItem(key, value);
    }
    STDMETHODIMP DeleteItem(REFGUID key) noexcept override { return store_->DeleteItem(key); }
    STDMETHODIMP DeleteAllItems() noexcept override { return store_->DeleteAllItems(); }
    STDMETHODIMP SetUINT32(REFGUID key, UINT32 value) noexcept override {
        return store_->SetUINT32(key, value);
    }
    STDMETHODIMP SetUINT64(REFGUID key, UINT64 value) noexcept override {
        return store_->SetUINT64(key, value);
    }
    STDMETHODIMP SetDouble(REFGUID key, double value) noexcept override {
        return store_->SetDouble(key, value);
    }
    STDMETHODIMP SetGUID(REFGUID key, REFGUID value) noexcept override {
        return store_->SetGUID(key, value);
    }
    STDMETHODIMP SetString(REFGUID key, LPCWSTR value) noexcept override {
        return store_->SetString(key, value);
    }
    STDMETHODIMP SetBlob(REFGUID key, const UINT8* value, UINT32 size) noexcept override {
        return store_->SetBlob(key, value, size);
    }
    STDMETHODIMP SetUnknown(REFGUID key, IUnknown* value) noexcept override {
        return store_->SetUnknown(key, value);
    }
    STDMETHODIMP LockStore() noexcept override { return store_->LockStore(); }
    STDMETHODIMP UnlockStore() noexcept override { return store_->UnlockStore(); }
    STDMETHODIMP GetCount(UINT32* count) noexcept override { return store_->GetCount(count); }
    STDMETHODIMP GetItemByIndex(UINT32 index, GUID* key, PROPVARIANT* value) noexcept override {
        return store_->GetItemByIndex(index, key, value);
    }
    STDMETHODIMP CopyAllItems(IMFAttributes* destination) noexcept override {
        return store_->CopyAllItems(destination);
    }

 protected:
    ComPtr<IMFAttributes> store_;
};

}  // namespace mfvcam::source
