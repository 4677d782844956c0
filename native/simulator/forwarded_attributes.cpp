#include "forwarded_attributes.h"

namespace mfvcam::simulator {
namespace {

template <class T>
void clear(T** out) noexcept {
    if (out != nullptr) {
        *out = nullptr;
    }
}

}  // namespace

STDMETHODIMP ForwardedAttributes::GetItem(REFGUID key, PROPVARIANT* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetItem(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::GetItemType(REFGUID key, MF_ATTRIBUTE_TYPE* type) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetItemType(key, type) : hr;
}

STDMETHODIMP ForwardedAttributes::CompareItem(REFGUID key, REFPROPVARIANT value, BOOL* result) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->CompareItem(key, value, result) : hr;
}

STDMETHODIMP ForwardedAttributes::Compare(IMFAttributes* theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                                          BOOL* result) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->Compare(theirs, match, result) : hr;
}

STDMETHODIMP ForwardedAttributes::GetUINT32(REFGUID key, UINT32* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetUINT32(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::GetUINT64(REFGUID key, UINT64* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetUINT64(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::GetDouble(REFGUID key, double* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetDouble(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::GetGUID(REFGUID key, GUID* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetGUID(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::GetStringLength(REFGUID key, UINT32* length) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetStringLength(key, length) : hr;
}

STDMETHODIMP ForwardedAttributes::GetString(REFGUID key, LPWSTR buffer, UINT32 size,
                                            UINT32* length) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetString(key, buffer, size, length) : hr;
}

STDMETHODIMP ForwardedAttributes::GetAllocatedString(REFGUID key, LPWSTR* string, UINT32* length) {
    clear(string);
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetAllocatedString(key, string, length) : hr;
}

STDMETHODIMP ForwardedAttributes::GetBlobSize(REFGUID key, UINT32* size) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetBlobSize(key, size) : hr;
}

STDMETHODIMP ForwardedAttributes::GetBlob(REFGUID key, UINT8* buffer, UINT32 capacity,
                                          UINT32* size) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetBlob(key, buffer, capacity, size) : hr;
}

STDMETHODIMP ForwardedAttributes::GetAllocatedBlob(REFGUID key, UINT8** buffer, UINT32* size) {
    clear(buffer);
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetAllocatedBlob(key, buffer, size) : hr;
}

STDMETHODIMP ForwardedAttributes::GetUnknown(REFGUID key, REFIID iid, LPVOID* object) {
    clear(object);
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetUnknown(key, iid, object) : hr;
}

STDMETHODIMP ForwardedAttributes::SetItem(REFGUID key, REFPROPVARIANT value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetItem(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::DeleteItem(REFGUID key) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->DeleteItem(key) : hr;
}

STDMETHODIMP ForwardedAttributes::DeleteAllItems() {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->DeleteAllItems() : hr;
}

STDMETHODIMP ForwardedAttributes::SetUINT32(REFGUID key, UINT32 value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetUINT32(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::SetUINT64(REFGUID key, UINT64 value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetUINT64(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::SetDouble(REFGUID key, double value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetDouble(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::SetGUID(REFGUID key, REFGUID value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetGUID(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::SetString(REFGUID key, LPCWSTR value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetString(key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::SetBlob(REFGUID key, const UINT8* buffer, UINT32 size) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetBlob(key, buffer, size) : hr;
}

STDMETHODIMP ForwardedAttributes::SetUnknown(REFGUID key, IUnknown* unknown) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->SetUnknown(key, unknown) : hr;
}

STDMETHODIMP ForwardedAttributes::LockStore() {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->LockStore() : hr;
}

STDMETHODIMP ForwardedAttributes::UnlockStore() {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->UnlockStore() : hr;
}

STDMETHODIMP ForwardedAttributes::GetCount(UINT32* items) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetCount(items) : hr;
}

STDMETHODIMP ForwardedAttributes::GetItemByIndex(UINT32 index, GUID* key, PROPVARIANT* value) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->GetItemByIndex(index, key, value) : hr;
}

STDMETHODIMP ForwardedAttributes::CopyAllItems(IMFAttributes* destination) {
    const HRESULT hr = usable();
    return SUCCEEDED(hr) ? attributes_->CopyAllItems(destination) : hr;
}

}  // namespace mfvcam::simulator
